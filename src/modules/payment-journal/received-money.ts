/** Money that a gateway proved to have received for one of our orders. Several rows can make up one order. */
export type ReceivedMoney = {
  id: string
  provider_id: string
  /** The gateway's own number of this payment, unique for the provider. */
  gateway_id: string
  order_reference: string
  /** Major units. */
  amount: string
  currency_code: string
  created_at: Date
}

export type NewReceivedMoney = Omit<ReceivedMoney, "id" | "created_at">
