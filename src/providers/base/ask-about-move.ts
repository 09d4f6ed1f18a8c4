import { saidByAny } from "./errors"
import type { MoneyMove, MoveAnswer, MoveCalls } from "./gateway"

/** A question that fails says nothing about the move it asked for, however final its own failure is. */
export async function askAboutMove(calls: MoveCalls, move: MoneyMove): Promise<MoveAnswer> {
  try {
    return await calls.ask(move)
  } catch (error) {
    return { outcome: "unknown", ...saidByAny(error) }
  }
}
