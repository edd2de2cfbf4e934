/**
 * What X's OpenAPI documents allow in the questions that are asked here: names of parameters, and the values they list.
 * Until 2.166 a post's fields are `tweet.fields`; from 2.167 on they are `post.fields`, and what names another thing (an
 * author, a sender, a pinned post) is an expansion and no field any more. Read off the documents in xdevplatform/docs:
 * the older one at commit 64486539, the newer one at 00b419b5, which calls itself 2.168.
 */

export type DocumentVersion = "2.166" | "2.168";

export interface XDocument {
  /** The parameter that chooses a post's fields. */
  readonly postParameter: "tweet.fields" | "post.fields";
  readonly userFields: readonly string[];
  readonly userExpansions: readonly string[];
  readonly postFields: readonly string[];
  readonly postExpansions: readonly string[];
  readonly eventFields: readonly string[];
  readonly eventExpansions: readonly string[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const usersOfBoth = `
  connection_status created_at description entities id is_identity_verified location name parody profile_banner_url
  profile_image_url protected public_metrics receives_your_dm subscription subscription_type url username verified
  verified_followers_count verified_type withheld`;

const postsOfBoth = `
  article attachments card_uri community_id context_annotations conversation_id created_at display_text_range
  edit_controls entities geo id lang media_metadata non_public_metrics organic_metrics possibly_sensitive
  promoted_metrics public_metrics reply_settings scopes source text withheld`;

const postExpansionsOfBoth = `
  article.cover_media article.media_entities attachments.media_keys attachments.media_source_tweet
  attachments.poll_ids author_id entities.mentions.username geo.place_id in_reply_to_user_id`;

export const documents: Readonly<Record<DocumentVersion, XDocument>> = {
  "2.166": {
    postParameter: "tweet.fields",
    userFields: words(`${usersOfBoth} affiliation most_recent_tweet_id pinned_tweet_id`),
    userExpansions: words("affiliation.user_id most_recent_tweet_id pinned_tweet_id"),
    postFields: words(
      `${postsOfBoth} author_id edit_history_tweet_ids in_reply_to_user_id note_tweet referenced_tweets`,
    ),
    postExpansions: words(
      `${postExpansionsOfBoth} edit_history_tweet_ids entities.note.mentions.username referenced_tweets.id
      referenced_tweets.id.author_id`,
    ),
    eventFields: words(
      `attachments created_at dm_conversation_id entities event_type id participant_ids referenced_tweets sender_id
      text`,
    ),
    eventExpansions: words("attachments.media_keys participant_ids referenced_tweets.id sender_id"),
  },
  "2.168": {
    postParameter: "post.fields",
    userFields: words(`${usersOfBoth} confirmed_email subscriber_count subscribes_to_you`),
    userExpansions: words("affiliation most_recent_post_id pinned_post_id"),
    postFields: words(
      `${postsOfBoth} article_title matched_media_notes note_post note_request_suggestions paid_partnership
      suggested_source_links suggested_source_links_with_counts`,
    ),
    postExpansions: words(`${postExpansionsOfBoth} edit_history_post_ids referenced_posts username`),
    eventFields: words("attachments created_at dm_conversation_id entities event_type id text"),
    eventExpansions: words("attachments.media_keys participant_ids referenced_posts sender_id"),
  },
};

/** The one that holds unless a test asks for another. */
export const NEWEST: DocumentVersion = "2.168";
