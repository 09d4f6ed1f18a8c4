export const orderNo = "01JGFJJZ00K7QX3W9V5T2MBHRN0"
export const accessToken = "benchmark-access-token"

/** Mocasa, "Get Order Status". Everybody gets these bytes: clients are compared, not messages. */
export const orderAnswer = JSON.stringify({
  success: true,
  code: "0000",
  message: "success",
  data: {
    paymentLink: `https://pay.example/checkout/${orderNo}`,
    orderNo,
    txStatus: "success",
    txMessage: "Payment successful",
    txTime: 1767225600000,
    paymentMode: "Mocasa BNPL",
  },
})

/** Mocasa, "Authorization": a lifetime of a day, so that no round pays for a new token. */
export const tokenAnswer = JSON.stringify({
  success: true,
  code: "0000",
  message: "success",
  data: { accessToken, expireTime: 86_400 },
})

export const paths = {
  token: "/auth/token/apply",
  query: "/payment/order/query",
  stripe: `/v1/payment_intents/${orderNo}`,
} as const
