import { storableAddress, storableRequest } from "../storable-request"
import { FakeRequest } from "./fake-request"

/** What the guard answers; undefined where it lets the request through. */
function refusalOf(
  request: { url?: string; query?: unknown; body?: unknown },
  guard = storableRequest
): string | undefined {
  const { req, res } = new FakeRequest({ id: "x", body: request.body })
  const url = request.url ?? "/admin/gateway-payments/exceptions"
  Object.assign(req, { originalUrl: url, query: request.query ?? {} })
  let error: unknown
  guard(req, res, (thrown?: unknown) => {
    error = thrown
  })
  expect(error === undefined || error instanceof Error).toBe(true)
  return error instanceof Error ? error.message : undefined
}

describe("a request", () => {
  it.each([
    { url: "/store/payment-sessions/payses_01/refresh?x=%00" },
    { query: { q: "Ana\u200c", id: ["a", "b"], created_at: { $gt: "2026-05-01" } } },
    { body: { note: "a\nb", fields: { ключ: "значение" }, list: [1, null, true, "x"] } },
    { body: undefined },
    { body: "text" },
  ])("that can be kept passes: %j", (request) => {
    expect(refusalOf(request)).toBeUndefined()
  })

  it.each([
    ["/store/payment-sessions/payses_%00/refresh", /id in the address holds a NUL/],
    ["/admin/payouts/transfers/a%00b/approve?x=1", /id in the address holds a NUL/],
    ["/admin/payouts/transfers/%ED%A0%BD", /not UTF-8/],
    ["/admin/payouts/transfers/%zz", /not UTF-8/],
    ["/admin/payouts/transfers/%", /not UTF-8/],
    [`/admin/payouts/transfers/${"a".repeat(256)}`, /more than 255 characters/],
  ])("with an id that can't be kept is refused: %s", (url, said) => {
    expect(refusalOf({ url })).toMatch(said)
  })

  it.each([
    [{ query: { q: "\0" } }, "query's q "],
    [{ query: { id: ["a", "\0"] } }, "query's id.1 "],
    [{ query: { created_at: { $gt: "\ud83d" } } }, "query's created_at.$gt "],
    [{ body: { data: { payer: { name: "A\0B" } } } }, "body's data.payer.name "],
    [{ body: { csv: "a,b\n\0" } }, "body's csv "],
    [{ body: { account: { "a\0": "x" } } }, "name of a field in the body's account "],
    [{ body: ["\ud83d"] }, "body's 0 "],
  ])("with a text that can't be kept is refused, by the field's name: %j", (request, named) => {
    expect(refusalOf(request)).toContain(named)
  })

  it("of a browser or a gateway is refused for its address alone", () => {
    const url = "/payments/mocasa_mocasa/return"
    expect(
      refusalOf({ url, query: { x: "\0" }, body: { y: "\0" } }, storableAddress)
    ).toBeUndefined()
    expect(refusalOf({ url: "/payments/%zz/return" }, storableAddress)).toMatch(/not UTF-8/)
  })

  it("nested too deeply is refused, not a crash", () => {
    const body: unknown = JSON.parse(`${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}`)
    expect(refusalOf({ body })).toMatch(/nested too deeply/)
  })

  it("has nothing of a card number repeated where it is the name of a field", () => {
    expect(refusalOf({ body: { "4111 1111 1111 1111": "\0" } })).not.toContain("4111 1111")
  })
})
