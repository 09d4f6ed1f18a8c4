import { failure } from "../../shared/__tests__/fake-gateway"
import { decimal } from "../../shared/money"
import type { MocasaClient } from "../client"
import { createAccount, initiateTransfer, queryTransfer } from "../payouts"
import { type MocasaServer, refused, startClient, success } from "./fake-mocasa"

let server: MocasaServer
let client: MocasaClient

beforeEach(async () => {
  ;({ server, client } = await startClient())
})

const transfer = {
  transferSerialNo: "P1001",
  amount: decimal("1500"),
  payeeAccountNo: "ACC1",
  purpose: "Share of May",
}
const send = () => initiateTransfer(client, transfer)
const ask = () => queryTransfer(client, "P1001")
const answered = (txStatus: unknown, more: object = {}) =>
  success({ transferSerialNo: "P1001", txStatus, txMessage: "words", txTime: 1, ...more })

describe("a transfer", () => {
  it("is not known to be refused whatever code comes: Mocasa lists none", async () => {
    server.answers = [refused("ACCOUNT_NOT_FOUND", "No such account")]
    expect(await failure(send)).toMatchObject({
      outcome: "unknown",
      reason: "unlisted_code",
      code: "ACCOUNT_NOT_FOUND",
      operation: "initiateTransfer",
    })
    expect(server.calls).toHaveLength(1)
  })

  it.each([
    ["another transfer", success({ transferSerialNo: "P9", txStatus: "success" }), "mismatch"],
    ["no transfer", success({ txStatus: "success" }), "unreadable"],
    ["nothing", success(null), "unreadable"],
  ])("is not known to be sent by an answer about %s", async (_what, answer, reason) => {
    server.answers = [answer]
    expect(await failure(send)).toMatchObject({ outcome: "unknown", reason })
  })

  it.each([
    ["success", "succeeded"],
    ["failed", "failed"],
    ["processing", "processing"],
    ["SUCCESS", "processing"],
    ["constructor", "processing"],
    [null, "processing"],
  ])("answered with %j is %s", async (txStatus, state) => {
    server.answers = [answered(txStatus)]
    expect(await send()).toEqual({ state, txStatus, txMessage: "words" })
  })

  it("is sent once, with pesos at two places and no more than Mocasa asks for", async () => {
    server.answers = [answered("success")]
    await send()
    expect(server.calls).toMatchObject([
      {
        path: "/payout/transfer/initiate",
        form: {
          transferSerialNo: "P1001",
          amount: "1500.00",
          payeeAccountNo: "ACC1",
          purpose: "Share of May",
        },
      },
    ])
  })

  it.each([
    ["INSUFFICIENT_BALANCE", "whatever", "low_balance"],
    ["E7", "Insufficient balance", "low_balance"],
    ["PAYEE_NOT_FOUND", "", "declined"],
    ["BENEFICIARY_ACCOUNT_NOT_EXIST", "", "declined"],
    ["E8", "The payee account does not exist.", "declined"],
  ])("is finally refused by %s %s, which says just that", async (code, message, reason) => {
    server.answers = [refused(code, message)]
    expect(await failure(send)).toMatchObject({ outcome: "declined", reason })
  })

  it.each([
    ["E9", "The payee account was not found in the cache, the transfer waits"],
    ["ACCOUNT_NOT_FOUND", "the account"],
    ["E9", "Balance insufficient, queued"],
  ])("is not known to be refused by %s %s", async (code, message) => {
    server.answers = [refused(code, message)]
    expect(await failure(send)).toMatchObject({ outcome: "unknown" })
  })

  it("that Mocasa answers with HTTP 500 is sent once and unknown", async () => {
    server.answers = [{ status: 500, body: "" }]
    expect(await failure(send)).toMatchObject({ outcome: "unknown", reason: "server_error" })
    expect(server.calls).toHaveLength(1)
  })

  it("is sent once more with a new token after HTTP 401, which did nothing", async () => {
    server.answers = [refused("TOKEN", "expired", 401), answered("success")]
    expect(await send()).toMatchObject({ state: "succeeded" })
    expect(server.calls.map(({ accessToken }) => accessToken)).toEqual(["token-1", "token-2"])
  })
})

describe("a question about a transfer", () => {
  it.each([
    ["TRANSFER_NOT_FOUND", "whatever"],
    ["transfer not exist", null],
    ["E1", "There is no transfer with this transferSerialNo"],
    ["E1", "The transfer does not exist."],
  ])("is told that there is none by %s %s", async (code, message) => {
    server.answers = [refused(code, message ?? "")]
    expect(await ask()).toBeUndefined()
  })

  it.each([
    ["ACCOUNT_NOT_FOUND", "There is no account"],
    ["ORDER_NOT_FOUND", "no order"],
    ["PATH_NOT_FOUND", "No such path"],
    ["SYSTEM", "The transfer was not found in the cache, try again"],
    ["", ""],
  ])("is told nothing by any other refusal: %s %s", async (code, message) => {
    server.answers = [refused(code, message)]
    expect(await failure(ask)).toMatchObject({ outcome: "unknown", operation: "queryTransfer" })
  })

  it("is told nothing by an answer about another transfer", async () => {
    server.answers = [success({ transferSerialNo: "P9", txStatus: "success" })]
    expect(await failure(ask)).toMatchObject({ reason: "mismatch" })
  })

  it("is asked again by itself, because it only reads", async () => {
    server.answers = [{ status: 502, body: "" }, answered("success")]
    expect(await ask()).toMatchObject({ state: "succeeded" })
  })
})

describe("a beneficiary", () => {
  const account = {
    idType: "national_id",
    idNo: "1234-5678",
    beneficiaryName: "Juan dela Cruz",
    businessLicence: "BL-1",
    shopName: "Juan's",
  }
  const add = () => createAccount(client, account)

  it("is refused by any refusal, because no money hangs on it", async () => {
    server.answers = [refused("E1", "No")]
    expect(await failure(add)).toMatchObject({ outcome: "declined", operation: "createAccount" })
  })

  it("is not known to be added by an answer without its number", async () => {
    server.answers = [success({ status: "success" })]
    expect(await failure(add)).toMatchObject({ outcome: "unknown", reason: "unreadable" })
  })

  it.each([
    ["success", "accepted"],
    ["failed", "refused"],
    ["reviewing", "open"],
    ["constructor", "open"],
    [null, "open"],
  ])("with the status %j is %s", async (status, state) => {
    server.answers = [success({ accountNo: 900719925474099, status })]
    expect(await add()).toEqual({ accountNo: "900719925474099", state, status })
  })

  it("is told with the licence in the vendor's spelling, and without what is not there", async () => {
    server.answers = [success({ accountNo: "ACC1", status: "success" })]
    await add()
    expect(server.calls[0]).toMatchObject({ path: "/payout/account/create" })
    expect(server.calls[0]?.form).toEqual({
      idType: "national_id",
      idNo: "1234-5678",
      beneficiaryName: "Juan dela Cruz",
      businessLisence: "BL-1",
      shopName: "Juan's",
    })
  })
})
