import type { GatewayData } from "../gateway-data"

/** The name of its scenarios and of its row in the table, such as `acme` or `acme (till)`. */
export function gatewayName({ identifier, variant }: GatewayData): string {
  return variant === undefined ? identifier : `${identifier} (${variant})`
}

/** The name of its spec file, without the ending. */
export function specName({ identifier, variant }: GatewayData): string {
  return variant === undefined ? identifier : `${identifier}-${variant}`
}
