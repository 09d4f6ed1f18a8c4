import { getHttpResponseFromError } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { withClearConflict } from "../actions"

const message = "The transfer P01 can't be canceled: it succeeded"

async function answerTo(error: unknown) {
  const thrown: unknown = await withClearConflict(Promise.reject(error)).catch((it: unknown) => it)
  return getHttpResponseFromError(thrown)
}

describe("a conflict", () => {
  it("is answered with 409 and its own words", async () => {
    const conflict = new MedusaError(MedusaError.Types.CONFLICT, message)
    expect(getHttpResponseFromError(conflict).body.message).not.toBe(message)
    expect(await answerTo(conflict)).toEqual({
      statusCode: 409,
      body: { message, type: "conflict" },
    })
  })

  it("is known again in the copy of it that a workflow throws", async () => {
    const copy = { ...new MedusaError(MedusaError.Types.CONFLICT, message), message, stack: "" }
    expect(copy).not.toBeInstanceOf(Error)
    expect(await answerTo(copy)).toEqual({ statusCode: 409, body: { message, type: "conflict" } })
  })

  it("is nothing else: other errors and results pass as they are", async () => {
    const refused = new MedusaError(MedusaError.Types.NOT_ALLOWED, "No")
    await expect(withClearConflict(Promise.reject(refused))).rejects.toBe(refused)
    await expect(withClearConflict(Promise.reject("gone"))).rejects.toBe("gone")
    await expect(withClearConflict(Promise.resolve(1))).resolves.toBe(1)
  })
})
