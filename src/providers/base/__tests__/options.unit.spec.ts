import type { RequestListener } from "node:http"
import { inspect } from "node:util"
import { MedusaError } from "@medusajs/framework/utils"
import { z } from "zod"
import { loopbacks } from "../../../gateways/shared/__tests__/gateway-http"
import { Secret } from "../../../gateways/shared/secret"
import { PAYMENT_JOURNAL_MODULE } from "../../../modules/payment-journal/module-name"
import { buildMocopayGateway, mocopay } from "../../mocopay/gateway"
import {
  commonOptions,
  gatewayAddress,
  parseOptions,
  requiredSecret,
  requiredText,
  requirePlugin,
  timeoutsWithin,
  webAddress,
} from "../options"
import { refusalOf } from "../../../shared/__tests__/refusal"

const acme = {
  identifier: "acme",
  title: "Acme Pay",
  options: z.strictObject({
    ...commonOptions,
    baseUrl: gatewayAddress("Acme tells it"),
    merchantId: requiredText("Look under Account"),
    apiKey: requiredSecret("Look under Keys"),
    returnUrl: webAddress("It is your result page").optional(),
  }),
}

const right = {
  baseUrl: "https://api.acme.example",
  merchantId: "M1",
  apiKey: "a-secret-key",
}

const refusal = (options: unknown) => refusalOf(() => parseOptions(acme, options))

/** The lines that name the options that are wrong. */
const faults = (options: unknown) => refusal(options).message.split("\n").slice(1)
const faultsWith = (change: Record<string, unknown>) => faults({ ...right, ...change })

/** It stands there, and has no value. */
const notSet =
  "Its value is undefined: is the environment variable set from which medusa-config takes it?"

describe("options that can't be used", () => {
  it("are refused as invalid data, with the gateway, the place of the options and the file", () => {
    const error = refusal({})
    expect(error.type).toBe(MedusaError.Types.INVALID_DATA)
    expect(error.message).toContain("Acme Pay: ")
    expect(error.message).toContain("medusa-regional-payments/providers/acme")
    expect(error.message).toContain("medusa-config")
  })

  it("are all named at once, so that a merchant mends them in one go", () => {
    expect(faults({ timeoutMs: "soon" })).toEqual([
      "- timeoutMs: must be a number of milliseconds",
      "- baseUrl: is missing. Acme tells it",
      "- merchantId: is missing. Look under Account",
      "- apiKey: is missing. Look under Keys",
    ])
  })

  it.each([undefined, null])("are named where there are none at all: %j", (options) => {
    expect(faults(options)).toContain("- apiKey: is missing. Look under Keys")
  })

  it.each(["a text", 7, [], true])("are refused where they are no object: %j", (options) => {
    expect(refusal(options).message).toContain("- options: ")
  })

  it("are named by every name that is not known, without its value", () => {
    expect(faultsWith({ apikey: "another-secret", secret: "a-third-secret" })).toEqual([
      "- apikey: no such option; did you mean apiKey?",
      "- secret: no such option",
    ])
  })

  it.each([
    [
      "a text that is missing",
      "merchantId",
      undefined,
      [`is missing. Look under Account. ${notSet}`],
    ],
    ["a text that is null", "merchantId", null, ["must be a text. Look under Account"]],
    ["a number for a text", "merchantId", 42, ["must be a text. Look under Account"]],
    ["an empty text", "merchantId", "", ["is empty. Look under Account"]],
    ["blanks for a text", "merchantId", " \t\n", ["is empty. Look under Account"]],
    ["a secret that is missing", "apiKey", undefined, [`is missing. Look under Keys. ${notSet}`]],
    ["an empty secret", "apiKey", "", ["is empty. Look under Keys"]],
    ["a list for a secret", "apiKey", ["a-secret-key"], ["must be a text. Look under Keys"]],
    ["an empty address", "baseUrl", "", ["is empty. Acme tells it"]],
    [
      "an address that is none",
      "baseUrl",
      "api.acme.example",
      ["must be an address such as https://api.example.com. Acme tells it"],
    ],
    [
      "http to another machine",
      "baseUrl",
      "http://api.acme.example",
      ["must begin with https:// (plain http is accepted only for localhost). Acme tells it"],
    ],
    [
      "http to a machine that is only called localhost",
      "baseUrl",
      "http://localhost.acme.example",
      ["must begin with https:// (plain http is accepted only for localhost). Acme tells it"],
    ],
    [
      "credentials in the address",
      "baseUrl",
      "https://user:a-secret-key@api.acme.example",
      [
        "must not contain a user name or password; credentials have options of their own. Acme tells it",
      ],
    ],
    [
      "a query in the address",
      "baseUrl",
      "https://api.acme.example/?key=a-secret-key",
      ["must not contain a query (?) or a fragment (#). Acme tells it"],
    ],
    [
      "a path for a web address",
      "returnUrl",
      "/checkout",
      [
        "must be a full address such as https://shop.example/checkout/return. It is your result page",
      ],
    ],
    [
      "a script for a web address",
      "returnUrl",
      "javascript:alert(1)",
      [
        "must be a full address such as https://shop.example/checkout/return. It is your result page",
      ],
    ],
    ["a text for a time", "timeoutMs", "15000", ["must be a number of milliseconds"]],
    ["no number for a time", "timeoutMs", NaN, ["must be a number of milliseconds"]],
    ["no end for a time", "timeoutMs", Infinity, ["must be a number of milliseconds"]],
    ["half a millisecond", "timeoutMs", 1000.5, ["must be a whole number of milliseconds"]],
    ["a time that was meant in seconds", "timeoutMs", 15, ["must be at least 500 milliseconds"]],
    ["too long a time", "timeoutMs", 120_001, ["must be at most 120000 milliseconds"]],
    [
      "a text for a list of origins",
      "allowedReturnOrigins",
      "https://shop.example",
      ["must be a list of origins such as https://shop.example"],
    ],
  ])("are explained: %s", (_what, option, value, sentences) => {
    expect(faultsWith({ [option]: value })).toEqual(
      sentences.map((sentence) => `- ${option}: ${sentence}`)
    )
  })

  it.each([
    "https://shop.example/",
    "https://shop.example/path",
    "shop.example",
    "https://SHOP.example",
    "https://shop.example:443",
    "*",
    "null",
    "",
  ])("are explained where an origin is none: %j", (origin) => {
    expect(faultsWith({ allowedReturnOrigins: ["https://a.example", origin] })).toEqual([
      "- allowedReturnOrigins.1: must be origins such as https://shop.example, without a path or a slash at the end",
    ])
  })

  it("never show a value in the message", () => {
    const values = {
      apiKey: ["a-secret-key"],
      baseUrl: "http://user:a-secret-key@api.acme.example",
      merchantId: { key: "a-secret-key" },
      timeoutMs: "a-secret-key",
      returnUrl: "a-secret-key",
      allowedReturnOrigins: ["a-secret-key"],
      unknown: "a-secret-key",
    }
    expect(inspect(refusal(values), { depth: 10, showHidden: true })).not.toContain("a-secret-key")
  })
})

describe("options that can be used", () => {
  it("get what was left out", () => {
    expect(parseOptions(acme, right)).toMatchObject({ timeoutMs: 15_000, allowedReturnOrigins: [] })
  })

  it("lose the blanks that were pasted around them", () => {
    const options = parseOptions(acme, { ...right, merchantId: " M1\n", apiKey: " a-secret-key\n" })
    expect(options.merchantId).toBe("M1")
    expect(options.apiKey.reveal()).toBe("a-secret-key")
  })

  it("hold secrets that no log can show", () => {
    const options = parseOptions(acme, right)
    expect(options.apiKey).toBeInstanceOf(Secret)
    expect(inspect(options, { depth: 10, showHidden: true })).not.toContain("a-secret-key")
    expect(JSON.stringify(options)).not.toContain("a-secret-key")
  })

  it.each([
    "https://api.acme.example/v1",
    "http://localhost:9000",
    "http://127.0.0.1:9000",
    "http://[::1]:9000",
  ])("may have the address %s", (baseUrl) => {
    expect(parseOptions(acme, { ...right, baseUrl }).baseUrl).toBe(baseUrl)
  })

  it.each([500, 120_000])("may have a time of %i milliseconds", (timeoutMs) => {
    expect(parseOptions(acme, { ...right, timeoutMs }).timeoutMs).toBe(timeoutMs)
  })

  it("may allow origins with and without a port", () => {
    const allowedReturnOrigins = ["https://shop.example", "http://localhost:8000"]
    expect(parseOptions(acme, { ...right, allowedReturnOrigins })).toMatchObject({
      allowedReturnOrigins,
    })
  })

  it("are left as the shop wrote them", () => {
    const options = Object.freeze({ ...right })
    parseOptions(acme, options)
    expect(options).toEqual(right)
  })
})

describe("the one time-out of a gateway", () => {
  it("leaves each phase less than the whole, and a connection five seconds at most", () => {
    expect(timeoutsWithin(15_000)).toEqual({
      connectMs: 5_000,
      headersMs: 12_000,
      bodyMs: 5_000,
      totalMs: 15_000,
    })
    expect(timeoutsWithin(120_000).connectMs).toBe(5_000)
  })

  it.each([500, 800, 15_000, 120_000])("has a share for each phase of %i ms", (timeoutMs) => {
    const { connectMs, headersMs, bodyMs, totalMs } = timeoutsWithin(timeoutMs)
    expect(connectMs).toBeLessThan(headersMs)
    expect(headersMs).toBeLessThan(totalMs)
    expect(bodyMs).toBeLessThan(totalMs)
    expect(totalMs).toBe(timeoutMs)
  })
})

describe("a gateway's own client tells by its error in which phase it gave up", () => {
  /** A call that opens something, and so is not repeated. */
  async function openAt(baseUrl: string): Promise<unknown> {
    const options = parseOptions(mocopay, {
      baseUrl,
      timeoutMs: 600,
      apiKey: "key",
      secret: "a-secret",
      products: [{ pid: "P", amount: "5", currency: "EUR" }],
    })
    const gateway = buildMocopayGateway(options, { now: () => new Date(), onCall: () => undefined })
    const order = { reference: "R", amount: "5.00", currency: "eur", payer: {} }
    return await gateway.createOrder(order).catch((error: unknown) => error)
  }

  it("a connection that is not made was not sent anything", async () => {
    const { port } = await loopbacks.tcp(() => undefined)
    const url = `https://127.0.0.1:${port}`
    expect(await openAt(url)).toMatchObject({ outcome: "not_sent", reason: "connect_timeout" })
  })

  it.each<[string, string, RequestListener]>([
    ["an answer that does not begin", "headers_timeout", () => undefined],
    ["an answer that falls silent", "body_timeout", (_, response) => void response.write("{")],
    [
      "an answer that never ends",
      "total_timeout",
      (_, response) => {
        const drip = setInterval(() => response.write(" "), 20)
        response.on("close", () => clearInterval(drip))
      },
    ],
  ])("%s leaves it unknown: %s", async (_what, reason, listener) => {
    const { url } = await loopbacks.http(listener)
    expect(await openAt(url)).toMatchObject({ outcome: "unknown", reason })
  })
})

const booting = (config: object) =>
  requirePlugin({
    container: { resolve: (key) => (key === "configModule" ? config : undefined) },
  })

describe("a store with a provider of this package", () => {
  it.each([
    ["has no modules", {}],
    ["has other modules only", { modules: { payment: {} } }],
    ["has switched the journal off", { modules: { [PAYMENT_JOURNAL_MODULE]: false } }],
  ])("does not start where it %s", async (_what, config) => {
    await expect(booting(config)).rejects.toBeInstanceOf(MedusaError)
  })

  it("is told the line to add, where, and what to run", async () => {
    await expect(booting({})).rejects.toThrow(
      /Add \{ resolve: "medusa-regional-payments", options: \{\} \} to `plugins` in medusa-config and run `npx medusa db:migrate`/
    )
  })

  it("starts with the plugin, whose journal is a module", async () => {
    const modules = { [PAYMENT_JOURNAL_MODULE]: { resolve: "the plugin" } }
    await expect(booting({ modules })).resolves.toBeUndefined()
  })
})
