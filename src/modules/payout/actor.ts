/** Who does it: an admin, or the shop's own code. */
export type Actor = {
  /** An admin's id, or `system`. Of a secret API key it is whoever made the key: it is the maker's hand. */
  id: string
  /** The id of the secret API key, where it was done with one. */
  key?: string
  /** For the option `approvers`, which may name people so. */
  email?: string
}

/** What an event or an audit line names: the key where there was one, which tells more than whose it is. */
export function handOf({ id, key }: Actor): string {
  return key ?? id
}

/** Who acts where the gateway's own word moved a transfer; see `systemActor` for the jobs. */
export const gatewayActor = "gateway"
