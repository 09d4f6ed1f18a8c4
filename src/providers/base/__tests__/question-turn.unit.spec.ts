import { Semaphore } from "../../../shared/concurrency"
import { askingInTurn, inQuestionTurn } from "../question-turn"

const answer = async () => {
  await new Promise((resolve) => setTimeout(resolve, 1))
  return "paid"
}

it("has questions wait for their turn, however deep they are asked, and nobody else's", async () => {
  const turns = new Semaphore(1)
  let waiting = 0
  const turn: typeof inQuestionTurn = (ask) => {
    waiting += 1
    return turns.run(ask)
  }
  const ask = async () => {
    await new Promise((resolve) => setImmediate(resolve))
    return await inQuestionTurn(answer)
  }
  const all = await Promise.all([ask(), askingInTurn(turn, ask), askingInTurn(turn, ask)])
  expect(all).toEqual(["paid", "paid", "paid"])
  expect(waiting).toBe(2)
})
