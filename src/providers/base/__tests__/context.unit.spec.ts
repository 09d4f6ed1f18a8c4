import { z } from "zod"
import { GatewayDeclinedError } from "../../../gateways/shared/errors"
import { Secret } from "../../../gateways/shared/secret"
import type { ProviderFailure } from "../../../modules/payment-journal/repositories/provider-health"
import { builtGateway, failureNoter } from "../context"
import type { GatewayDefinition, GatewayTools } from "../gateway"
import { commonOptions, requiredSecret } from "../options"
import { FakeGateway } from "../../../testing/fake-gateway"

const schema = z.strictObject({ ...commonOptions, apiKey: requiredSecret("Look under Keys") })
type Options = z.infer<typeof schema>

/** A gateway that remembers with what it was built, and the lines that the log got. */
function setUp(identifier = "acme") {
  const built: { options: Options; tools: GatewayTools }[] = []
  const lines: string[] = []
  const definition: GatewayDefinition<Options> = {
    identifier,
    title: "Acme",
    options: schema,
    build(options, tools) {
      built.push({ options, tools })
      return new FakeGateway()
    },
  }
  const log = {
    debug: (line: string) => void lines.push(`debug: ${line}`),
    warn: (line: string) => void lines.push(`warn: ${line}`),
  }
  return { definition, log, lines, built }
}

const call = { gateway: "Acme", operation: "refund", method: "POST", path: "/refund" } as const

describe("the gateway of a shop's options", () => {
  it("is not built with options that can't be used", () => {
    const { definition, log, built } = setUp()
    expect(() => builtGateway(definition, {}, log)).toThrow("- apiKey: is missing. Look under Keys")
    expect(built).toEqual([])
  })

  it("is another one for another merchant account, even with the same values", () => {
    const { definition, log } = setUp()
    const one = builtGateway(definition, { apiKey: "k" }, log)
    const other = builtGateway(definition, { apiKey: "k" }, log)
    expect(one.gateway).not.toBe(other.gateway)
  })

  it("is another one for another kind of gateway, even with the same options object", () => {
    const options = { apiKey: "k" }
    const acme = setUp("acme")
    const other = setUp("other")
    const one = builtGateway(acme.definition, options, acme.log)
    expect(builtGateway(other.definition, options, other.log).gateway).not.toBe(one.gateway)
  })

  it("is the same for all who hold the same options object: one token, one set of connections", () => {
    const { definition, log, built } = setUp()
    const options = { apiKey: "k" }
    const first = builtGateway(definition, options, log)
    const second = builtGateway(definition, options, log)
    expect(second.gateway).toBe(first.gateway)
    expect(built).toHaveLength(1)
  })

  it("comes with the options as they were checked, on every look", () => {
    const { definition, log } = setUp()
    const options = { apiKey: "k", timeoutMs: 900 }
    for (let look = 0; look < 2; look++) {
      const { options: parsed } = builtGateway(definition, options, log)
      expect(parsed).toMatchObject({ timeoutMs: 900, allowedReturnOrigins: [] })
      expect(parsed.apiKey).toBeInstanceOf(Secret)
    }
  })

  it("is given a clock that goes on", () => {
    const { definition, log, built } = setUp()
    builtGateway(definition, { apiKey: "k" }, log)
    const before = Date.now()
    const now = built[0]!.tools.now().getTime()
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
  })
})

describe("the log of a gateway's calls", () => {
  function logged(record: Partial<Parameters<GatewayTools["onCall"]>[0]>): string[] {
    const { definition, log, lines, built } = setUp()
    builtGateway(definition, { apiKey: "k" }, log)
    built[0]!.tools.onCall({ ...call, attempt: 1, ms: 12.6, outcome: "answered", ...record })
    return lines
  }

  it("warns where a call may have moved money and nobody knows", () => {
    expect(logged({ outcome: "unknown", reason: "reset" })).toEqual([
      "warn: Acme refund: no answer after 13 ms, unknown (reset)",
    ])
  })

  it("warns where the gateway answered with an error of its own", () => {
    expect(logged({ outcome: "unknown", reason: "server_error", httpStatus: 502 })).toEqual([
      "warn: Acme refund: HTTP 502 after 13 ms, unknown (server_error)",
    ])
  })

  it("warns where nothing was sent", () => {
    expect(logged({ outcome: "not_sent", reason: "dns", ms: 0.4 })).toEqual([
      "warn: Acme refund: no answer after 0 ms, not_sent (dns)",
    ])
  })

  it("warns where the credentials were not accepted", () => {
    expect(logged({ outcome: "declined", reason: "unauthorized", httpStatus: 401 })).toEqual([
      "warn: Acme refund: HTTP 401 after 13 ms, declined (unauthorized)",
    ])
  })

  it("is quiet about a call that was answered", () => {
    expect(logged({ httpStatus: 200 })).toEqual(["debug: Acme refund: HTTP 200 after 13 ms"])
  })
})

describe("the note of a failed call", () => {
  const error = new GatewayDeclinedError({
    gateway: "Acme",
    operation: "createOrder",
    code: "E7",
    gatewayMessage: "The key is not valid",
  })

  it("has the gateway's own code and words", async () => {
    const { log } = setUp()
    const noted: ProviderFailure[] = []
    const health = { noteFailure: async (failure: ProviderFailure) => void noted.push(failure) }
    await failureNoter(health, log)("pp_acme_main", error)
    expect(noted).toEqual([
      {
        provider_id: "pp_acme_main",
        call: "createOrder",
        code: "E7",
        message: "The key is not valid",
      },
    ])
  })

  it("never stands in the way of the payment where it can't be written", async () => {
    const { log, lines } = setUp()
    const noteFailure = async () => await Promise.reject(new Error("the database is away"))
    await expect(failureNoter({ noteFailure }, log)("pp_acme_main", error)).resolves.toBeUndefined()
    expect(lines).toEqual([
      "warn: pp_acme_main: a failed call could not be noted: the database is away",
    ])
  })
})
