import { record, withCode } from "../../../gateways/paymentz/__tests__/fake-paymentz"
import type { Answer } from "../../../gateways/shared/__tests__/fake-gateway"
import type { Operation } from "../../base/gateway"
import { gatewayUnderTest, knownOrder, startedServer } from "./gateway-under-test"

const server = startedServer()

const gatewayData = { payment_type: "PA", opened_on: "2030-01-31" }
const operation: Operation = {
  reference: "ORD100R1",
  amount: "50.00",
  order: knownOrder({ gatewayData }),
}
const gateway = () => gatewayUnderTest({ baseUrl: server.url, capture: "manual" })
const calls = (kind: "capture" | "refund" | "void") => {
  const calls = gateway()[kind]
  if (!calls) {
    throw new Error(`there is no ${kind}`)
  }
  return calls
}

const kinds = [
  ["capture", "CP", "00004", "10005"],
  ["refund", "RF", "00005", "10006"],
  ["void", "RV", "00006", "10007"],
] as const

describe.each(kinds)("a %s", (kind, paymentType, done, failed) => {
  it("is not sent where the gateway's number of the payment is not known", async () => {
    const order = knownOrder({ gatewayId: undefined })
    await expect(calls(kind).send({ ...operation, order })).rejects.toMatchObject({
      outcome: "declined",
    })
    expect(server.requests).toEqual([])
  })

  it("that is refused by a listed code is declined, any other leaves it unknown", async () => {
    server.answers = [withCode(failed)]
    await expect(calls(kind).send(operation)).rejects.toMatchObject({ outcome: "declined" })
    server.answers = [withCode("00099")]
    await expect(calls(kind).send(operation)).rejects.toMatchObject({ outcome: "unknown" })
  })

  it("is made by the gateway's number", async () => {
    server.answers = [withCode(done, { paymentId: "54289" })]
    expect(await calls(kind).send(operation)).toMatchObject({ outcome: "done", code: done })
    expect(server.calls).toMatchObject([{ path: "/payments/54289", form: { paymentType } }])
  })
})

describe("what became of a move whose answer was lost", () => {
  const asked = async (
    kind: "capture" | "refund" | "void",
    status: string,
    line: object | undefined = {}
  ) => {
    const transaction = [{ systemPaymentId: "54289", merchantTransactionId: "ORD1001", ...line }]
    server.answerFor = ({ path }): Answer =>
      path === "/getTransactionList" ? withCode("00026", { transaction }) : record({ status })
    return await calls(kind).ask(operation)
  }

  it("is not known where the gateway does not know the payment, or tells of another try", async () => {
    server.answers = [withCode("10026")]
    expect(await calls("refund").ask(operation)).toMatchObject({ outcome: "unknown" })
    server.answerFor = ({ path }) =>
      path === "/payments/54289"
        ? record({ status: "authfailed" })
        : record({ paymentId: "54290", status: "capturesuccess" })
    expect(await calls("refund").ask(operation)).toMatchObject({ outcome: "unknown" })
  })

  it("is told by the amounts in the list", async () => {
    expect(await asked("capture", "capturesuccess", { captureamount: "50.00" })).toMatchObject({
      outcome: "done",
      gatewayId: "54289",
    })
    expect(await asked("refund", "reversed", { refundamount: "50.00" })).toMatchObject({
      outcome: "done",
    })
    expect(await asked("refund", "reversed", { refundamount: "20.00" })).toMatchObject({
      outcome: "declined",
      message: expect.stringContaining("20"),
    })
  })

  it("is told by the status where no amount says more", async () => {
    expect(await asked("capture", "authsuccessful")).toEqual({ outcome: "may_repeat" })
    expect(await asked("refund", "capturesuccess")).toEqual({ outcome: "may_repeat" })
    expect(await asked("void", "authsuccessful")).toEqual({ outcome: "may_repeat" })
    expect(await asked("void", "authcancelled")).toMatchObject({ outcome: "done" })
    expect(await asked("refund", "markedforreversal")).toMatchObject({ outcome: "unknown" })
  })

  it("is asked for without sending anything that moves money", async () => {
    await asked("refund", "capturesuccess")
    expect(server.calls.map(({ path, form }) => [path, form.paymentType])).toEqual([
      ["/payments/54289", "IN"],
      ["/getTransactionList", undefined],
    ])
  })

  it("is not asked of the list where the day of the order is not known", async () => {
    server.answers = [record()]
    const order = knownOrder({ gatewayData: {} })
    expect(await calls("refund").ask({ ...operation, order })).toEqual({ outcome: "may_repeat" })
    expect(server.calls).toHaveLength(1)
  })
})
