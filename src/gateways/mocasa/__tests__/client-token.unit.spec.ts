import type { MocasaClient } from "../client"
import { failure, startClient } from "./client-under-test"
import { type MocasaServer, success } from "./mocasa-server"

const orderNo = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"
const anyData = { orderNo, txStatus: "success", refundStatus: "success" }

let started: Awaited<ReturnType<typeof startClient>>
let server: MocasaServer
let client: MocasaClient

beforeEach(async () => {
  started = await startClient()
  ;({ server, client } = started)
})

afterEach(async () => {
  await started.close()
})

const query = () => client.queryOrder(orderNo)
const refund = () => client.refundOrder(orderNo, "Damaged")

describe("the access token", () => {
  it.each([
    ["names none", {}],
    ["names an empty one", { accessToken: "", expireTime: 7_200 }],
    ["ends before it begins", { accessToken: "token", expireTime: -1 }],
    ["is no object", null],
  ])("is not used where the answer %s", async (_what, data) => {
    server.tokens.push(success(data))
    expect(await failure(query)).toMatchObject({ outcome: "not_sent", reason: "no_token" })
    expect(server.calls).toEqual([])
  })

  it("is asked for with the credentials, in a form, and without a token", async () => {
    server.answers = [success(anyData)]
    await query()
    expect(server.tokenCalls).toHaveLength(1)
    expect(server.tokenCalls[0]).toMatchObject({
      method: "POST",
      contentType: "application/x-www-form-urlencoded",
      accessToken: undefined,
      form: { clientKey: "mp_key", clientSecret: "a-client-secret" },
    })
  })

  it("is asked for once by all who call at the same time", async () => {
    server.answers = [success(anyData)]
    await Promise.all([query(), refund(), query()])
    expect(server.tokenCalls).toHaveLength(1)
    expect(new Set(server.calls.map(({ accessToken }) => accessToken))).toEqual(
      new Set(["token-1"])
    )
  })

  it("is used without a time of its own", async () => {
    server.tokens.push(success({ accessToken: "timeless" }))
    server.answers = [success(anyData)]
    await query()
    await query()
    expect(server.calls.map(({ accessToken }) => accessToken)).toEqual(["timeless", "timeless"])
  })
})
