import { saysLowBalance } from "../errors"

describe("A refusal says that there is too little to send", () => {
  it.each([
    "Balance_not_enough",
    "Payout_Balance_insufficient",
    "INSUFFICIENT_BALANCE",
    "insufficient-funds",
    "NOT_ENOUGH_FUNDS",
  ])("by the code %p", (code) => {
    expect(saysLowBalance({ code })).toBe(true)
    expect(saysLowBalance({ code: 500, message: code })).toBe(true)
  })

  it.each([
    "Insufficient balance",
    "The account balance is not enough.",
    "Your available balance is insufficient for this transfer",
    "Insufficient funds",
    "Merchant's balance is too low",
  ])("by the sentence %p", (message) => {
    expect(saysLowBalance({ message })).toBe(true)
  })

  it.each([
    "",
    "System_Balance_error",
    "Balance could not be read, the transfer waits",
    "The balance is insufficient, the transfer is queued",
    "Insufficient permissions",
    "Balance is enough",
    "Low balance: the transfer may have been made",
    "Params_balance_error",
  ])("and not by %p", (message) => {
    expect(saysLowBalance({ message })).toBe(false)
    expect(saysLowBalance({ code: message })).toBe(false)
  })
})
