/**
 * Where a PATCH order carries its serial number. Cashy's text ("Supplementary instructions when orderType is PATCH")
 * puts five digits behind the mchOrderNo and leaves patchMchOrderNo plain; the vendor's own example of a webhook has
 * it the other way round, with four.
 */
export type PatchNumbering = "serial-in-mchOrderNo" | "serial-in-patchMchOrderNo"

export interface PatchNumbers {
  readonly mchOrderNo: string
  readonly patchMchOrderNo: string
}

/** `serial` counts the PATCH orders of one original, from 1. @throws {Error} where the number gets too long. */
export function patchNumbers(
  original: string,
  serial: number,
  numbering: PatchNumbering
): PatchNumbers {
  const digits = numbering === "serial-in-mchOrderNo" ? 5 : 4
  const numbered = original + String(serial).padStart(digits, "0")
  if (numbered.length > 32) {
    throw new Error(`${original} leaves no room for a serial number: both fit into 32 characters`)
  }
  return numbering === "serial-in-mchOrderNo"
    ? { mchOrderNo: numbered, patchMchOrderNo: original }
    : { mchOrderNo: original, patchMchOrderNo: numbered }
}
