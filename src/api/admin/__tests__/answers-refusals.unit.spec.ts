import { asValue } from "@medusajs/framework/awilix"
import {
  type AuthenticatedMedusaRequest,
  getHttpResponseFromError,
  type MedusaResponse,
} from "@medusajs/framework/http"
import { createMedusaContainer, MedusaError } from "@medusajs/framework/utils"
import { PayoutConflict, stateForbids } from "../../../modules/payout/domain/state"
import { notAllowed, notFound } from "../../../shared/errors"
import { answersRefusals } from "../answers-refusals"

const details = { reference: "P01", transfer_state: "succeeded" }
const conflict = () =>
  stateForbids({ reference: "P01", status: "succeeded" }, "be canceled") satisfies PayoutConflict

describe("a route that refuses", () => {
  it.each([
    ["a conflict", conflict(), 409, "conflict", "transfer_state", details],
    [
      "what is not allowed",
      notAllowed("You made it", { code: "made_it" }),
      400,
      "not_allowed",
      "made_it",
      {},
    ],
    ["what is not there", notFound("No transfer"), 404, "not_found", "not_found", {}],
  ])(
    "answers %s with its own words, a code and what these name",
    async (_, error, status, type, code, named) => {
      expect(await answerTo(error)).toEqual({
        status,
        body: { type, code, message: error.message, details: named },
        logged: [error.message],
      })
    }
  )

  it("knows it in the copy of it that a workflow throws", async () => {
    const error = conflict()
    const copy = Object.fromEntries(
      Object.getOwnPropertyNames(error).map((name) => [name, Reflect.get(error, name) as unknown])
    )
    expect(copy).not.toBeInstanceOf(Error)
    expect(await answerTo(copy)).toMatchObject({ status: 409, body: { details } })
  })

  it("keeps the words of a conflict without a code, which Medusa would replace", async () => {
    const error = new MedusaError(MedusaError.Types.CONFLICT, "Somebody is at it")
    expect(getHttpResponseFromError(error).body.message).not.toBe(error.message)
    const body = { type: "conflict", message: error.message }
    expect(await answerTo(error)).toMatchObject({ status: 409, body })
  })

  it.each([
    ["an error of Medusa's own", new MedusaError(MedusaError.Types.NOT_ALLOWED, "No")],
    [
      "a code that is not this package's",
      new MedusaError(MedusaError.Types.INVALID_DATA, "No", "constructor"),
    ],
    ["a fault", new TypeError("x is not a function")],
    ["a text", "gone"],
  ])("leaves %s to Medusa", async (_, error) => {
    await expect(answerTo(error)).rejects.toBe(error)
  })

  it("leaves it where the answer has begun, such as in the middle of a file", async () => {
    const error = conflict()
    await expect(answerTo(error, { headersSent: true })).rejects.toBe(error)
  })
})

async function answerTo(error: unknown, sent: { headersSent?: boolean } = {}) {
  let status = 0
  let body: unknown
  const logged: string[] = []
  const res = {
    headersSent: false,
    ...sent,
    status: (code: number) => {
      status = code
      return res
    },
    json: (answer: unknown) => {
      body = answer
    },
  }
  const scope = createMedusaContainer()
  scope.register("logger", asValue({ info: (line: string) => logged.push(line) }))
  const route = answersRefusals(async () => Promise.reject(error as Error))
  await route(
    { scope } as Partial<AuthenticatedMedusaRequest> as AuthenticatedMedusaRequest,
    res as Partial<MedusaResponse> as MedusaResponse
  )
  return { status, body, logged }
}
