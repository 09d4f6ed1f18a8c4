/**
 * What can be wrong with a file of transfers and its lines, for the dashboard's own words; the message beside it names what
 * stands there.
 *
 * The file:
 * - `encoding`: it is no text in an encoding that is read; `csv`: no CSV; `empty`: no heading, or no line below it
 * - `heading`: a column that is not known, there twice, or missing; `too_many_lines`
 *
 * What a line says:
 * - `cells`: more or fewer than the heading has, so that each may be another one's
 * - `missing`, `too_long`, `characters`, `spoiled`: what stands in a cell; `amount`, `currency`, `text`: no amount, no
 *   currency, or not as it has to be written
 * - `key_twice`, `key_used`, `external_id_taken`: a name that stands for another transfer
 * - `payee_mismatch`: the line names somebody else, or another account, than its beneficiary has
 *
 * What can't be paid:
 * - `no_beneficiary`, `beneficiary_not_active`, `no_provider`
 * - `currency_not_sent`, `decimals`, `purpose`: what its provider does not take
 * - `limit`: more than one transfer may be, or than is left for today
 */
export const lineFaults = [
  "encoding",
  "csv",
  "empty",
  "heading",
  "too_many_lines",
  "cells",
  "missing",
  "too_long",
  "characters",
  "spoiled",
  "amount",
  "currency",
  "text",
  "key_twice",
  "key_used",
  "external_id_taken",
  "payee_mismatch",
  "no_beneficiary",
  "beneficiary_not_active",
  "no_provider",
  "currency_not_sent",
  "decimals",
  "purpose",
  "limit",
] as const

export type LineFault = (typeof lineFaults)[number]

/** Of a text that a person wrote; see input.ts. */
export type TextFault = Extract<LineFault, "missing" | "too_long" | "characters" | "spoiled">
