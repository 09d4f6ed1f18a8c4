import { inspect } from "node:util"
import { z } from "zod"
import { createAccessTokenSource } from "../access-token"
import type { GatewayCall, GatewayCallRecord } from "../gateway-call"
import { isGatewayFailure } from "../gateway-error"
import type { GatewayHttpOptions } from "../http-client"
import { readJson } from "../read-answer"
import { Secret } from "../secret"
import { charge, client, loopbacks } from "./gateway-http"

/** Stands wherever a secret could: each place its own, so that a leak names it. */
const marked = (place: string) => `marked-${place}-secret`

const secretCall: GatewayCall = {
  ...charge,
  path: "/pay/{id}",
  pathParams: { id: marked("path") },
  query: { key: marked("query") },
  headers: { Authorization: Secret.of(`Bearer ${marked("header")}`), Sign: marked("sign") },
  body: { form: { card: marked("form"), password: Secret.of(marked("password")) } },
  reads: true,
}

const answers: Record<string, () => Promise<string>> = {
  "a refused connection": async () => (await loopbacks.nobody()).url,
  "no such host": async () => "https://gateway.invalid",
  "a handshake that does not end": async () =>
    (await loopbacks.tcp(() => undefined)).url.replace("http:", "https:"),
  "no answer": async () => (await loopbacks.http(() => undefined)).url,
  "a reset": async () => (await loopbacks.http(({ socket }) => void socket.destroy())).url,
  "half an answer": async () =>
    (
      await loopbacks.http((_, response) => {
        response.write(marked("answer"), () => response.destroy())
      })
    ).url,
  "something else than HTTP": async () =>
    (await loopbacks.tcp((socket) => void socket.write(marked("answer")))).url,
  "a redirect": async () =>
    (
      await loopbacks.http((_, response) =>
        response.writeHead(302, { location: `/${marked("answer")}` }).end()
      )
    ).url,
  "HTTP 500": async () =>
    (await loopbacks.http((_, response) => response.writeHead(500).end(marked("answer")))).url,
  "HTTP 401": async () =>
    (await loopbacks.http((_, response) => response.writeHead(401).end(marked("answer")))).url,
  "a page": async () =>
    (await loopbacks.http((_, response) => response.end(`<html>${marked("answer")}`))).url,
  "another shape": async () =>
    (
      await loopbacks.http((_, response) =>
        response.end(JSON.stringify({ token: { value: marked("answer") } }))
      )
    ).url,
}

describe("secrets", () => {
  it.each(Object.keys(answers))(
    "are nowhere in what is thrown or recorded after %s",
    async (name) => {
      const records: GatewayCallRecord[] = []
      const options: Partial<GatewayHttpOptions> = {
        timeouts: { connectMs: 100, headersMs: 100 },
        onCall: (record) => records.push(record),
      }
      const url = (await answers[name]?.()) ?? ""
      const http = client(url, options)
      const call = { gateway: "acme", operation: "charge" }
      const error: unknown = await http
        .send(secretCall)
        .then((answer) => readJson(answer, z.object({ token: z.string() }), call))
        .catch((reason: unknown) => reason)
      expect(isGatewayFailure(error)).toBe(true)
      expect(records.length).toBeGreaterThan(0)
      const own = error instanceof Error ? Object.getOwnPropertyDescriptors(error) : {}
      const printed = [
        inspect([error, records, http], { depth: null, showHidden: true, getters: true }),
        inspect(own, { depth: null }),
        JSON.stringify([error, records]),
        String(error),
      ].join("\n")
      expect(printed).not.toContain("marked-")
    }
  )

  it("are not in the error of a token that could not be had", async () => {
    const fetch = async () => {
      throw Object.assign(new Error(marked("message")), { config: { data: marked("config") } })
    }
    const source = createAccessTokenSource({ gateway: "acme", fetch })
    const error: unknown = await source.withToken(async () => 1).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ reason: "no_token" })
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain("marked-")
  })
})
