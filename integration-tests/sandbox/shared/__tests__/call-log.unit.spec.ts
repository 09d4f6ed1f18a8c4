import { CallLog } from "../call-log"
import type { SandboxRequest } from "../server"

function request(contentType: string, body: string): SandboxRequest {
  return {
    method: "POST",
    path: "/a",
    target: "/a?page=1",
    params: {},
    query: new URLSearchParams("page=1"),
    headers: { "content-type": contentType, cookie: "unwanted" },
    body: Buffer.from(body),
  }
}

function logOf(...requests: SandboxRequest[]): CallLog {
  const log = new CallLog({ now: () => 0, secretFields: ["secret"], headers: ["content-type"] })
  for (const each of requests) log.record(each)
  return log
}

describe("CallLog", () => {
  it("masks what is secret in a form and in JSON", () => {
    const log = logOf(
      request("application/x-www-form-urlencoded", "secret=s3&name=n"),
      request("application/json; charset=utf-8", '{"secret":"s3","name":"n"}')
    )
    for (const call of log.list()) {
      expect(call.fields).toEqual({ page: "1", name: "n", secret: "***" })
    }
  })

  it("keeps only the headers it was told to keep", () => {
    expect(logOf(request("text/plain", "")).list()[0]?.headers).toEqual({
      "content-type": "text/plain",
    })
  })

  it("bears a body that is not what its type says", () => {
    expect(logOf(request("application/json", "{")).list()[0]?.fields).toEqual({ page: "1" })
  })

  it("counts by path and forgets when told to", () => {
    const log = logOf(request("text/plain", ""), request("text/plain", ""))
    expect(log.count("/a")).toBe(2)
    expect(log.count("/b")).toBe(0)
    log.clear()
    expect(log.count()).toBe(0)
  })
})
