import { decimal } from "../../shared/money"
import { GatewayDeclinedError, GatewayUnknownError } from "../../shared/errors"
import type { CashyOrder, CashyOrderName } from "../client"
import { findPayments } from "../find-payments"
import { orderState } from "../statuses"

const reference = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"
const other = "01JQ7ZK3V5W8X9Y0A1B2C3D4E51"
const call = { gateway: "Cashy", operation: "payInQuery" }
const unknown = new GatewayUnknownError({ ...call, reason: "headers_timeout" })
const declined = new GatewayDeclinedError(call)
const unauthorized = new GatewayDeclinedError({ ...call, reason: "unauthorized" })

function known(
  orderNo: string,
  mchOrderNo: string,
  orderStatus: string,
  amount = "60"
): CashyOrder {
  const state = orderState(orderStatus)
  const paid = state === "paid" ? decimal(amount) : undefined
  return { orderNo, mchOrderNo, orderStatus, state, paid }
}

/** Answers by either number; what is not known is declined. */
function cashy(...orders: (CashyOrder | [orderNo: string, error: Error])[]) {
  const asked: CashyOrderName[] = []
  const payInQuery = async (name: CashyOrderName): Promise<CashyOrder> => {
    asked.push(name)
    for (const order of orders) {
      const [orderNo, error] = Array.isArray(order) ? order : [order.orderNo, undefined]
      const isMeant =
        "orderNo" in name
          ? name.orderNo === orderNo
          : !Array.isArray(order) && name.mchOrderNo === order.mchOrderNo
      if (isMeant && error) {
        throw error
      }
      if (isMeant && !Array.isArray(order)) {
        return order
      }
    }
    throw declined
  }
  return { client: { payInQuery }, asked }
}

const find = (
  { client }: ReturnType<typeof cashy>,
  candidateIds: readonly string[] = [],
  orderNo: string | undefined = "PAYIN1"
) => findPayments(client, { reference, orderNo, candidateIds })

const waiting = known("PAYIN1", reference, "PAYING")

describe("an order that is not found", () => {
  it.each([declined, unknown])("is told as it came: $outcome", async (error) => {
    await expect(find(cashy(["PAYIN1", error]))).rejects.toBe(error)
  })

  it.each([other, `${reference}00001`, reference.toLowerCase()])(
    "is not the one whose number of ours is %s",
    async (mchOrderNo) => {
      const gateway = cashy(known("PAYIN1", mchOrderNo, "SUCCESS"))
      await expect(find(gateway)).rejects.toMatchObject({ outcome: "unknown", reason: "mismatch" })
    }
  )
})

describe("an additional payment", () => {
  it.each([other, `${other}00001`, `${reference}1`, `${reference}000001`, "MCH20230088"])(
    "of somebody else's order counts for nothing: %s",
    async (mchOrderNo) => {
      const gateway = cashy(waiting, known("PAYIN2", mchOrderNo, "SUCCESS"))
      expect(await find(gateway, ["PAYIN2"])).toEqual({ original: waiting, paid: [] })
    }
  )

  it.each(["PAYING", "FAIL", "REVIEW"])(
    "that is not paid counts for nothing: %s",
    async (rawStatus) => {
      const gateway = cashy(waiting, known("PAYIN2", `${reference}00001`, rawStatus))
      expect(await find(gateway, ["PAYIN2"])).toEqual({ original: waiting, paid: [] })
    }
  )

  it("that Cashy does not know counts for nothing", async () => {
    expect(await find(cashy(waiting), ["PAYIN9"])).toEqual({ original: waiting, paid: [] })
  })

  it.each([unknown, unauthorized])(
    "that can't be asked about may be money: it is not passed over ($reason)",
    async (error) => {
      await expect(find(cashy(waiting, ["PAYIN2", error]), ["PAYIN2"])).rejects.toBe(error)
    }
  )

  it("that can't be asked about hides no money that is proven", async () => {
    const third = known("PAYIN3", `${reference}00002`, "SUCCESS")
    const gateway = cashy(waiting, ["PAYIN2", unknown], third)
    expect(await find(gateway, ["PAYIN2", "PAYIN3"])).toMatchObject({ paid: [third] })
    const done = known("PAYIN1", reference, "SUCCESS")
    expect(await find(cashy(done, ["PAYIN2", unknown]), ["PAYIN2"])).toMatchObject({ paid: [done] })
  })

  it("hides no fault of our own", async () => {
    const fault = new TypeError("x is not a function")
    await expect(find(cashy(waiting, ["PAYIN2", fault]), ["PAYIN2"])).rejects.toBe(fault)
  })

  it("named twice, or naming the order itself, is asked about once", async () => {
    const paid = known("PAYIN1", reference, "SUCCESS")
    const gateway = cashy(paid, known("PAYIN2", `${reference}00001`, "SUCCESS"))
    const { paid: found } = await find(gateway, ["PAYIN1", "PAYIN2", "PAYIN2"])
    expect(found.map(({ orderNo }) => orderNo)).toEqual(["PAYIN1", "PAYIN2"])
    expect(gateway.asked).toHaveLength(2)
  })

  it.each([reference, `${reference}00001`, `${reference}0001`])(
    "counts by its number of ours, in each of the vendor's ways to write it: %s",
    async (mchOrderNo) => {
      const patch = known("PAYIN2", mchOrderNo, "SUCCESS")
      expect(await find(cashy(waiting, patch), ["PAYIN2"])).toEqual({
        original: waiting,
        paid: [patch],
      })
    }
  )
})

describe("the order itself", () => {
  it("is asked for by Cashy's number, which Cashy recommends", async () => {
    const gateway = cashy(waiting)
    await find(gateway)
    expect(gateway.asked).toEqual([{ orderNo: "PAYIN1" }])
  })

  it("is asked for by ours where Cashy's was never told", async () => {
    const gateway = cashy(waiting)
    const found = await findPayments(gateway.client, { reference, candidateIds: [] })
    expect(found).toEqual({ original: waiting, paid: [] })
    expect(gateway.asked).toEqual([{ mchOrderNo: reference }])
  })
})
