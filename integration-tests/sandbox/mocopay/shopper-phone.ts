import type { InitParameters } from "./payment"

export interface ShopperPhone {
  readonly phone: string
  readonly mcc: string
  readonly mnc: string
}

/** MoCoPay learns these from the SMS where initPayment did not name them; the values are the vendor's example's. */
export function shopperOf({ phone, mcc, mnc }: InitParameters): ShopperPhone {
  return { phone: phone ?? "0099923026", mcc: mcc ?? "999", mnc: mnc ?? "99" }
}
