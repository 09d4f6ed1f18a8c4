import type {
  AuthenticatedMedusaRequest,
  MedusaNextFunction,
  MedusaResponse,
} from "@medusajs/framework/http"
import { idempotencyKey, validBody } from "../admin-route"
import { AdminCreatePayoutBeneficiary } from "../payouts/validators"

type Guard = (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
) => void

/** What a guard hands on: nothing, or the error that ends the request. */
function run(guard: Guard, request: Record<string, unknown>) {
  // Only what the guards touch of Medusa's request and response.
  const req = Object.assign(Object.create(null), request)
  const handedOn: (Error | undefined)[] = []
  guard(req, Object.create(null), (error?: unknown) => {
    handedOn.push(error instanceof Error ? error : undefined)
  })
  expect(handedOn).toHaveLength(1)
  return { req, error: handedOn[0] }
}

describe("the header Idempotency-Key", () => {
  const withHeader = (key: string | undefined, body: unknown) =>
    run(idempotencyKey, { get: () => key, body })

  it("becomes the body's key, beside what the body says", () => {
    const { req, error } = withHeader("may-1", { amount: "1" })
    expect(error).toBeUndefined()
    expect(req.body).toEqual({ amount: "1", idempotency_key: "may-1" })
  })

  it("may say what the body says too, and need not be there", () => {
    expect(withHeader("may-1", { idempotency_key: "may-1" }).error).toBeUndefined()
    const { req, error } = withHeader(undefined, { idempotency_key: "may-1" })
    expect(error).toBeUndefined()
    expect(req.body).toEqual({ idempotency_key: "may-1" })
  })

  it("is refused where the body has another one", () => {
    const { error } = withHeader("may-1", { idempotency_key: "may-2" })
    expect(error).toMatchObject({
      type: "invalid_data",
      message: expect.stringContaining("differ"),
    })
  })

  it("leaves a body that is none to the body's own checks", () => {
    expect(withHeader("may-1", "text").error).toBeUndefined()
    expect(withHeader("may-1", undefined).error).toBeUndefined()
  })
})

describe("a body", () => {
  const check = validBody(AdminCreatePayoutBeneficiary)
  const body = { provider_id: "po_a", name: " Ana ", kind: "person" }

  it("is handed on as it was read", () => {
    const { req, error } = run(check, { body })
    expect(error).toBeUndefined()
    expect(req.validatedBody).toEqual({ ...body, name: "Ana" })
  })

  it("is refused with every field that is wrong, and without what was written into it", () => {
    const { error } = run(check, {
      body: { ...body, name: "", account: { number: 9876543210987 } },
    })
    expect(error).toMatchObject({ type: "invalid_data" })
    expect(error?.message).toContain("name: is missing; account.number: must be a text")
    expect(error?.message).not.toContain("98765")
  })

  it("may be left out where nothing in it is required", () => {
    expect(run(check, { body: undefined }).error?.message).toContain("provider_id")
  })
})
