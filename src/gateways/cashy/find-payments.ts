import { GatewayError } from "../shared/errors"
import type { CashyClient, CashyOrder } from "./client"
import { isNumberOf } from "./messages"
import { cashyErrors } from "./errors"

export type CashyPaymentsName = {
  /** Our own number of the order. */
  reference: string
  /** Cashy's, where it is known. */
  orderNo?: string
  /** Numbers of Cashy's that may be additional payments of the order; not proven. */
  candidateIds: readonly string[]
}

export type CashyPayments = {
  original: CashyOrder
  /** All that were paid: the original, what came in its place, and what came on top. */
  paid: readonly CashyOrder[]
}

/**
 * The order as Cashy knows it, with the payments that it counts as orders of their own because the shopper
 * paid another amount or paid twice (Cashy, "Supplementary instructions when orderType is PATCH").
 *
 * What is proven is told even where one of the others could not be asked about; where nothing is proven that
 * failure is thrown, so that the caller asks again.
 *
 * @throws GatewayError; `declined` when Cashy knows no such order
 */
export async function findPayments(
  client: Pick<CashyClient, "payInQuery">,
  { reference, orderNo, candidateIds }: CashyPaymentsName
): Promise<CashyPayments> {
  const original = await client.payInQuery(orderNo ? { orderNo } : { mchOrderNo: reference })
  if (original.mchOrderNo !== reference) {
    throw cashyErrors.mismatch("payInQuery", "its order belongs to another number of the shop")
  }
  const numbers = new Set(candidateIds)
  numbers.delete(original.orderNo)
  const answers: Awaited<ReturnType<typeof additionalPayment>>[] = []
  for (const number of numbers) {
    answers.push(await additionalPayment(client, number, reference))
  }
  const orders = answers.filter(isOrder)
  const paid = [original, ...orders].filter(({ state }) => state === "paid")
  const failure = answers.find((answer) => answer instanceof GatewayError)
  if (failure && paid.length === 0) {
    throw failure
  }
  return { original, paid }
}

async function additionalPayment(
  client: Pick<CashyClient, "payInQuery">,
  orderNo: string,
  reference: string
): Promise<CashyOrder | GatewayError | undefined> {
  try {
    const order = await client.payInQuery({ orderNo })
    return isNumberOf(order.mchOrderNo, reference) ? order : undefined
  } catch (error) {
    if (!(error instanceof GatewayError)) {
      throw error
    }
    const isNoOrder = error.outcome === "declined" && !error.isUnauthorized
    return isNoOrder ? undefined : error
  }
}

function isOrder(answer: CashyOrder | GatewayError | undefined): answer is CashyOrder {
  return answer !== undefined && !(answer instanceof GatewayError)
}
