import { randomInt } from "node:crypto"

export function randomDigits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join("")
}
