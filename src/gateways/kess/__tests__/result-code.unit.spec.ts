import { resultOf } from "../result-code"

describe("KESS's word for a result", () => {
  it.each(["", "FAIL", "USERPAYING", "success", "SUCCESS ", "SUCCESSFUL", "0", "constructor"])(
    "is no confirmation, and no refusal either: %j",
    (word) => {
      expect(resultOf(word)).toBe("unknown")
    }
  )

  it("is a confirmation where it is SUCCESS, and only there", () => {
    expect(resultOf("SUCCESS")).toBe("done")
  })
})
