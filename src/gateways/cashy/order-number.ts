/**
 * Assumption: what Cashy appends to our number for an additional payment are five digits, as its text says
 * (`MCH20230088` becomes `MCH2023008800001`), or four, as its sample shows (Cashy, "Supplementary
 * instructions").
 */
const serial = /^\d{4,5}$/

/** Whether a number of Cashy's `mchOrderNo` kind is this reference of ours, with or without a serial number. */
export function isNumberOf(mchOrderNo: string, reference: string): boolean {
  return (
    mchOrderNo === reference ||
    (mchOrderNo.startsWith(reference) && serial.test(mchOrderNo.slice(reference.length)))
  )
}
