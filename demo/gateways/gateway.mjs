/**
 * What the demo knows of a gateway. To add one: a file like mocasa.mjs, a line in index.mjs, its provider in
 * medusa-config.ts and in a market of src/seed/markets.ts, its name in storefront/src/payment-methods.ts.
 *
 * @typedef {object} DemoGateway
 * @property {string} id
 * @property {string} title
 * @property {string} providerId Medusa's, `pp_<gateway>_<id>`
 * @property {string} country where it is used, ISO 3166-1 alpha-2, lower case
 * @property {readonly string[]} basket handles of the products that the tour buys
 * @property {Readonly<Record<string, string>>} [payer] what it must be told of the payer beyond the address
 * @property {"webhook" | "asking"} confirmedBy how the shop learns of a payment; `asking` where nothing is sent to it
 * @property {"none" | "full" | "single_partial" | "multiple_partial"} refunds what it can refund; `single_partial`: a part, but one time only
 * @property {string[]} secrets names of the random values its sandbox needs
 * @property {(options: StartOptions) => Promise<RunningGateway>} start
 * @property {(action: NextAction, sandbox: { url: string }) => Promise<Lead | undefined>} pay does over HTTP what the
 *   shopper does in a browser; resolves with where the gateway leads the browser then
 */

/** @typedef {import("medusa-regional-payments/storefront").NextAction} NextAction */
/** @typedef {import("./payment-page.mjs").Lead} Lead */

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
 * @property {string} kind such as `payment` and `refund`
 * @property {string} reference the merchant's
 * @property {string} amount in major units, as "100.00"
 * @property {string} currency
 */

export {}
