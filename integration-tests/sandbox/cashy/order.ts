import type { OrderType, Way } from "./words"

export interface NewOrder {
  readonly mchOrderNo: string
  readonly currency: string
  readonly payType: number
  /** Two decimals. */
  readonly amount: string
  /** Seconds. */
  readonly expireTime: number
  readonly notifyUrl: string
}

export interface CashyOrder extends NewOrder {
  /** Cashy's own number. */
  readonly orderNo: string
  readonly orderType: OrderType
  /** The numbers of the original order of a PATCH; of any other its own. */
  readonly patchOrderNo: string
  readonly patchMchOrderNo: string
  readonly ways: readonly Way[]
  readonly payCode: string
  readonly orderStatus: string
  /** Epoch, milliseconds. */
  readonly expiresAt: number
  /** Epoch, milliseconds; null until it was paid. */
  readonly completedAt: number | null
}

export function isPatchOf(order: CashyOrder, original: CashyOrder): boolean {
  return order.orderType === "PATCH" && order.patchOrderNo === original.orderNo
}

export function isSameOrder(existing: NewOrder, wanted: NewOrder): boolean {
  return (
    existing.currency === wanted.currency &&
    existing.payType === wanted.payType &&
    existing.amount === wanted.amount &&
    existing.expireTime === wanted.expireTime &&
    existing.notifyUrl === wanted.notifyUrl
  )
}
