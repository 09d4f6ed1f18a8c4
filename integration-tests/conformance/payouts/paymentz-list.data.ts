import { paymentzPayoutsWith } from "./paymentz.data"

/** A brand whose inquiries do not tell of payouts: its list of transactions does. */
export const paymentzListPayouts = paymentzPayoutsWith("list", { inquiryTellsPayouts: false })
