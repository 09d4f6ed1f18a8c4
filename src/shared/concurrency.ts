/** Works through all of them, so many at the same time. What one throws stops nobody but itself. */
export async function atOnce<Item>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<void>
): Promise<void> {
  const waiting = items.values()
  const workThrough = async () => {
    for (const item of waiting) {
      await work(item)
    }
  }
  await Promise.all(Array.from({ length: lanes }, workThrough))
}
