import type { Shop } from "./shop"

type FeedItem = { data: { title: string; description: string } }

/** What the dashboard's feed says with a text in it, the oldest first. */
export async function feedAbout({ database }: Shop, text: string): Promise<FeedItem[]> {
  return await database("notification")
    .where({ channel: "feed" })
    .whereRaw("data::text like ?", [`%${text}%`])
    .orderBy("created_at")
}
