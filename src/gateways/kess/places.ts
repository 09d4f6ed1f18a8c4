/**
 * The currencies of a KESS store, which KESS sets in its back office. A dollar has two places.
 *
 * Assumption: a riel has none. ISO 4217 counts it with two, but it has no smaller unit in use.
 */
export const kessPlaces = { usd: 2, khr: 0 } as const
