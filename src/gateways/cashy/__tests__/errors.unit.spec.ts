import { GatewayDeclinedError, GatewayUnknownError } from "../../shared/errors"
import { isSuccess, refusal, readGatewayError } from "../errors"

const withToken = (msg: string | null | undefined) => ({ code: 500, msg })
const answer = (text: string) => ({ httpStatus: 500, body: Buffer.from(text) })

describe("a failure that Cashy tells", () => {
  it.each([
    "Payin_Order_Error",
    "System_error",
    "System_busy",
    "System_Maintenance",
    "Something_new",
    "params_amount_error",
    "Not_Params_amount_error",
    "constructor",
    "",
    null,
    undefined,
  ])("does not prove that no order was opened: %j", (msg) => {
    const error = refusal("payIn", withToken(msg), 200)
    expect(error).toBeInstanceOf(GatewayUnknownError)
    expect(error).toMatchObject({ reason: "unlisted_code" })
  })

  it.each(["System_error", "System_busy", "System_Maintenance", "", null])(
    "does not prove that there is no such order: %j",
    (msg) => {
      expect(refusal("payInQuery", withToken(msg), 200)).toMatchObject({ outcome: "unknown" })
    }
  )

  it.each([
    "Sign_verify_error",
    "MerchantId_is_null",
    "MerchantId_not_Number",
    "MerchantId_is_error",
    "Request_ip_notWhiteList",
  ])("is about our credentials, and says nothing of the order: %s", (msg) => {
    for (const operation of ["payIn", "payInQuery"] as const) {
      expect(refusal(operation, withToken(msg), 200)).toMatchObject({
        outcome: "declined",
        reason: "unauthorized",
      })
    }
  })

  it.each([
    "Params_jsonFormat_error",
    "Params_amount_Required",
    "Params_email_error",
    "RequestMethod_not_post",
    "RequestContentType_not_json",
    "RequestBody_is_null",
  ])("is a final no to what was sent: %s", (msg) => {
    const error = refusal("payIn", withToken(msg), 200)
    expect(error).toBeInstanceOf(GatewayDeclinedError)
    expect(error).toMatchObject({ reason: "declined" })
  })

  it.each(["Payin_Order_Error", "Order_not_exist", "Something_new"])(
    "tells a query that there is no such order: %s",
    (msg) => {
      expect(refusal("payInQuery", withToken(msg), 200)).toMatchObject({
        outcome: "declined",
        reason: "declined",
        isNotFound: true,
      })
    }
  )

  it.each(["Params_orderNo_error", "RequestBody_is_null"])(
    "tells a query nothing of the order where it was not understood: %s",
    (msg) => {
      expect(refusal("payInQuery", withToken(msg), 200)).toMatchObject({ isNotFound: false })
    }
  )

  it("tells a person the call, Cashy's code and words, and the HTTP status", () => {
    expect(refusal("payIn", withToken("Params_email_error"), 400).message).toMatch(
      /^Cashy payIn: .*HTTP 400.*code 500.*"Params_email_error"/
    )
  })
})

describe("the words of an answer whose status alone counts", () => {
  it.each(["", "<html>Bad gateway</html>", "null", "[]", '{"msg":7}', '{"code":'])(
    "are none in %j",
    (text) => {
      expect(readGatewayError(answer(text))).toBeUndefined()
    }
  )

  it("are Cashy's code and token", () => {
    expect(readGatewayError(answer('{"msg":"System_busy","code":500}'))).toEqual({
      code: 500,
      gatewayMessage: "System_busy",
    })
  })
})

describe("a yes of Cashy's", () => {
  it.each([0, 1, 201, 500, "0", "SUCCESS", "2 00", ""])("is not the code %j", (code) => {
    expect(isSuccess({ code, msg: "SUCCESS", data: {} })).toBe(false)
  })

  it.each([200, "200"])("is the code %j", (code) => {
    expect(isSuccess({ code, msg: null, data: {} })).toBe(true)
  })
})
