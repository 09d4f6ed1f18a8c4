import type { ReceivedRequest } from "./http-listener"

/** Puts another signature in the place of a request's own, or none. */
export type ChangeSignature = (
  request: ReceivedRequest,
  change: (signature: string) => string | undefined
) => ReceivedRequest

/** What may have become of a signature; with none of them a request is the gateway's. */
export const changedSignatures: readonly {
  what: string
  change: (signature: string) => string | undefined
}[] = [
  { what: "removed", change: () => undefined },
  { what: "emptied", change: () => "" },
  { what: "cut", change: (signature) => signature.slice(0, -4) },
  { what: "written twice", change: (signature) => signature + signature },
  { what: "no such thing at all", change: () => "\u00e9\u0000" },
]

const bodies = [
  { what: "no body at all", body: "" },
  { what: "JSON that is no object", body: "null" },
  { what: "a list", body: "[]" },
  { what: "an object without a field", body: "{}" },
  { what: "bytes that are no text", body: "\u0000\uFFFD\u0001" },
  {
    what: "JSON with a prototype in it",
    body: '{"__proto__":{"orderNo":"x","txStatus":"success"}}',
  },
]

/** Bodies that no gateway sends. */
export const strangeBodies: readonly { what: string; body: Buffer }[] = bodies.map(
  ({ what, body }) => ({ what, body: Buffer.from(body, "latin1") })
)

/** The request with its body cut off at every so many bytes. */
export function cutShort(request: ReceivedRequest, everyBytes: number): ReceivedRequest[] {
  const howMany = Math.ceil(request.body.length / everyBytes)
  return Array.from({ length: howMany }, (_, index) => ({
    ...request,
    body: request.body.subarray(0, index * everyBytes),
  }))
}

/** The request with the true signature of another one. */
export function signedAs(
  request: ReceivedRequest,
  other: ReceivedRequest,
  gateway: { changeSignature: ChangeSignature }
): ReceivedRequest {
  let signature = ""
  gateway.changeSignature(other, (found) => (signature = found))
  return gateway.changeSignature(request, () => signature)
}
