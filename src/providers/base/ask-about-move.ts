import { GatewayError } from "../../gateways/shared/gateway-error"
import { saidBy } from "./errors"
import type { MoneyMove, MoveAnswer, MoveCalls } from "./payment-gateway"

/** A question that fails says nothing about the move it asked for, however final its own failure is. */
export async function askAboutMove(calls: MoveCalls, move: MoneyMove): Promise<MoveAnswer> {
  try {
    return await calls.ask(move)
  } catch (error) {
    return { outcome: "unknown", ...saidByAny(error) }
  }
}

export function saidByAny(error: unknown): { code?: string; message: string } {
  if (error instanceof GatewayError) {
    return saidBy(error)
  }
  // A fault of our own: its name is all that can't hold something secret.
  return { message: `the call broke off: ${error instanceof Error ? error.name : typeof error}` }
}
