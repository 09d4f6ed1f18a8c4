/** A running shop with its dashboard, as `serve.mjs` prints it in JSON. */
export type BrowserShop = {
  /** `http://localhost:<port>/app` */
  readonly dashboard: string
  /** `http://localhost:<port>/shop`; only of a built shop. */
  readonly storefront?: string
  /** The first admin, who may do everything. */
  readonly email: string
  readonly password: string
  readonly publishableKey: string
  readonly databaseUrl: string
  /** The address of each gateway's sandbox, by the gateway's id; see integration-tests/sandbox/README.md. */
  readonly sandboxes: Readonly<Record<string, string>>
  /** The file with what the store prints. */
  readonly log: string
}
