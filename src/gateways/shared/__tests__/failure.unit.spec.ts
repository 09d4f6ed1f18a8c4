import { inspect } from "node:util"
import { failureOf, type GaveUp, type Phase } from "../failure"

const call = { gateway: "acme", operation: "charge" }
const phases: Phase[] = ["preparing", "connecting", "waiting", "reading"]

const nodeError = (code: string, syscall?: string) =>
  Object.assign(new Error(code), { code, syscall })
const wrapped = (cause: unknown) => new Error("wrapped", { cause })
const meaning = (phase: Phase, error: unknown, gaveUp?: GaveUp) => {
  const { outcome, reason } = failureOf(call, phase, gaveUp, error)
  return `${outcome} ${reason}`
}

describe("failureOf", () => {
  it.each([
    [nodeError("ENOTFOUND", "getaddrinfo"), "not_sent dns"],
    [nodeError("EAI_AGAIN", "getaddrinfo"), "not_sent dns"],
    [nodeError("ECONNREFUSED", "connect"), "not_sent refused"],
    [nodeError("ETIMEDOUT", "connect"), "not_sent connect_timeout"],
    [nodeError("EHOSTUNREACH", "connect"), "not_sent unreachable"],
    [nodeError("ENETUNREACH", "connect"), "not_sent unreachable"],
    [nodeError("ECONNRESET"), "unknown reset"],
    [nodeError("ECONNRESET", "read"), "unknown reset"],
    [nodeError("DEPTH_ZERO_SELF_SIGNED_CERT"), "unknown tls"],
    [nodeError("ERR_TLS_CERT_ALTNAME_INVALID"), "unknown tls"],
    [nodeError("EPROTO", "write"), "unknown tls"],
    [new Error("no code at all"), "unknown tls"],
  ])("while connecting, takes %p for %s", (error, expected) => {
    expect(meaning("connecting", error)).toBe(expected)
    expect(meaning("connecting", wrapped(error))).toBe(expected)
  })

  it("counts several addresses as not sent only where every one of them failed to connect", () => {
    const refused = nodeError("ECONNREFUSED", "connect")
    const unreachable = nodeError("ENETUNREACH", "connect")
    expect(meaning("connecting", new AggregateError([refused, unreachable]))).toBe(
      "not_sent refused"
    )
    expect(meaning("connecting", new AggregateError([refused, nodeError("ECONNRESET")]))).toBe(
      "unknown tls"
    )
    expect(meaning("connecting", new AggregateError([]))).toBe("unknown tls")
  })

  it.each([
    [nodeError("ECONNRESET"), "unknown reset"],
    [nodeError("EPIPE", "write"), "unknown reset"],
    // An established connection can report these as well: the request may have arrived.
    [nodeError("ETIMEDOUT", "read"), "unknown network"],
    [nodeError("EHOSTUNREACH", "read"), "unknown network"],
    [nodeError("ECONNREFUSED", "connect"), "unknown network"],
    [nodeError("HPE_INVALID_CONSTANT"), "unknown unreadable"],
    [nodeError("HPE_HEADER_OVERFLOW"), "unknown too_large"],
    [nodeError("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"), "unknown tls"],
    ["not even an error", "unknown network"],
    [undefined, "unknown network"],
  ])("after connecting, takes %p for %s", (error, expected) => {
    expect(meaning("waiting", error)).toBe(expected)
  })

  it.each([
    [nodeError("ECONNRESET"), "unknown cut_short"],
    [nodeError("ERR_STREAM_PREMATURE_CLOSE"), "unknown cut_short"],
    [nodeError("Z_DATA_ERROR"), "unknown unreadable"],
    [new Error("closed"), "unknown cut_short"],
  ])("in the middle of the answer, takes %p for %s", (error, expected) => {
    expect(meaning("reading", error)).toBe(expected)
  })

  it("calls nothing after connecting not sent, whatever the error says of itself", () => {
    const codes = ["ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT", "ECONNRESET", "ERR_INVALID_CHAR", ""]
    const errors = codes.flatMap((code) =>
      ["connect", "getaddrinfo", "read", undefined].map((syscall) => nodeError(code, syscall))
    )
    for (const error of [...errors, new AggregateError(errors)]) {
      for (const phase of ["waiting", "reading"] as const) {
        expect(failureOf(call, phase, undefined, error).outcome).toBe("unknown")
      }
    }
  })

  it("tells by the phase which time was up, and whether anything was sent by then", () => {
    const table = phases.map((phase) => [
      meaning(phase, undefined, "phase_timeout"),
      meaning(phase, undefined, "total_timeout"),
      meaning(phase, undefined, "aborted"),
    ])
    expect(table).toEqual([
      ["not_sent connect_timeout", "not_sent connect_timeout", "not_sent aborted"],
      ["not_sent connect_timeout", "not_sent connect_timeout", "not_sent aborted"],
      ["unknown headers_timeout", "unknown total_timeout", "unknown aborted"],
      ["unknown body_timeout", "unknown total_timeout", "unknown aborted"],
    ])
  })

  it("keeps of the error nothing but its code", () => {
    const error = Object.assign(nodeError("ECONNRESET"), {
      config: { headers: { authorization: "marked-secret" }, data: "marked-secret" },
      message: "marked-secret",
    })
    for (const phase of phases) {
      const failure = failureOf(call, phase, undefined, wrapped(error))
      expect(inspect(failure, { depth: null, showHidden: true })).not.toContain("marked-secret")
      expect(failure.causeCode).toBe("ECONNRESET")
    }
  })
})
