/**
 * What the demo knows of a gateway. To add one: a file like mocasa.mjs, a line in index.mjs, its provider in
 * medusa-config.ts and in a market of src/seed/markets.ts.
 *
 * @typedef {object} DemoGateway
 * @property {string} id
 * @property {string} title
 * @property {string} providerId Medusa's, `pp_<gateway>_<id>`
 * @property {string} country where it is used, ISO 3166-1 alpha-2, lower case
 * @property {"full" | "partial"} refunds what it can refund
 * @property {string[]} secrets names of the random values its sandbox needs
 * @property {(options: StartOptions) => Promise<RunningGateway>} start
 * @property {(nextAction: unknown) => Promise<void>} pay does over HTTP what the shopper does in a browser
 */

/**
 * @typedef {object} StartOptions
 * @property {number} port
 * @property {string} storeUrl
 * @property {Record<string, string>} secrets
 * @property {string} [memoryFile] where its orders are kept until the next start, if they are
 */

/**
 * @typedef {object} RunningGateway
 * @property {string} title
 * @property {string} url
 * @property {Record<string, string>} environment what medusa-config.ts reads its options from
 * @property {() => readonly Movement[]} ledger every move of money so far
 * @property {() => Promise<void>} close
 */

/**
 * @typedef {object} Movement
 * @property {"payment" | "refund" | "payout"} kind
 * @property {string} reference the merchant's
 * @property {string} amount in major units, as "100.00"
 * @property {string} currency
 */

export {}
