/**
 * Which references are of this shop's own making. A gateway tells of payments and of payouts at one address,
 * and who reads its messages must tell the two apart, and both from what is not this shop's.
 */
export type OwnReferences = {
  isOrder(reference: string): boolean
  isPayout(reference: string): boolean
}
