import { AsyncLocalStorage } from "node:async_hooks"

/** Has a question to a gateway wait for its turn. */
export type QuestionTurn = <Answer>(ask: () => Promise<Answer>) => Promise<Answer>

const turns = new AsyncLocalStorage<QuestionTurn>()

/**
 * Work whose questions about orders all wait for their turn, through whatever workflow of Medusa's they come: only the
 * questions, so that what the database takes before and after one delays no other.
 */
export function askingInTurn<Result>(
  turn: QuestionTurn,
  work: () => Promise<Result>
): Promise<Result> {
  return turns.run(turn, work)
}

/** Asks in the turn of `askingInTurn`; at once where there is none, such as for a shopper who waits. */
export const inQuestionTurn: QuestionTurn = (ask) => {
  const turn = turns.getStore()
  return turn ? turn(ask) : ask()
}
