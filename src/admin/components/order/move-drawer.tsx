import { Button, Hint, Input, Label, Text, Textarea, toast } from "@medusajs/ui"
import { useId } from "react"
import { compareAmounts, decimalsOf, typedAmount } from "../../lib/amount"
import { useDraft } from "../../lib/draft"
import { useAskOnce } from "../ask-once"
import { SideDrawer } from "../side-drawer"
import { type OrderPayment, type Possible, useMoneyMove } from "./api"
import { useOrderWords } from "./words"

export type Move = {
  kind: "refund" | "capture" | "elsewhere"
  payment_id: string
  currency: string
  /** What the gateway can do; none is asked where the money was given back another way. */
  possible: Possible | undefined
}

/** Refunds, captures, or records a refund that was made elsewhere: with the amount that is possible, asked once. */
export function MoveDrawer({
  orderId,
  payment,
  move,
  onClose,
}: {
  orderId: string
  payment: OrderPayment
  move: Move
  onClose: () => void
}) {
  const { t } = useOrderWords()
  const gateway = payment.title ?? payment.provider_id
  return (
    <SideDrawer title={t(`order.moves.${move.kind}.title`, { gateway })} onClose={onClose}>
      <MoveForm orderId={orderId} payment={payment} move={move} onDone={onClose} />
    </SideDrawer>
  )
}

/** Of a note, where it has to be given. */
const shortestNote = 3

function MoveForm({
  orderId,
  payment,
  move,
  onDone,
}: {
  orderId: string
  payment: OrderPayment
  move: Move
  onDone: () => void
}) {
  const { kind, possible, currency } = move
  const { t, money, sentence, failure } = useOrderWords()
  const command = useMoneyMove(orderId)
  const askOnce = useAskOnce()
  const draft = `order:${payment.reference}:${kind}`
  const [typed, setTyped, forgetAmount] = useDraft(`${draft}:amount`)
  const [note, setNote, forgetNote] = useDraft(`${draft}:note`)
  const field = useId()

  const gateway = payment.title ?? payment.provider_id
  const limits = limitsOf(move, payment)
  const text = typed === "" ? limits.usual : typed
  const amount = typedAmount(text, decimalsOf(payment.ordered))
  const problem = problemOf(amount, limits)
  const isBooking = amount !== undefined && limits.booked.some((one) => isSame(one, amount))
  const isNoteMissing = kind === "elsewhere" && note.trim().length < shortestNote

  const run = async (wanted: string) => {
    const values = { amount: money(wanted, currency), gateway, reference: payment.reference }
    const isSure = await askOnce({
      title: t(`order.moves.${kind}.ask`, values),
      description:
        isBooking && kind !== "elsewhere"
          ? t("order.moves.bookingHappens", values)
          : t(`order.moves.${kind}.happens`, values),
      confirm: t(`order.moves.${kind}.confirm`, values),
      isDangerous: kind === "refund",
    })
    if (!isSure) {
      return
    }
    try {
      await command.mutateAsync({
        kind,
        payment_id: move.payment_id,
        amount: inMedusa(wanted, possible),
        note: note.trim(),
      })
      forgetAmount()
      forgetNote()
      toast.success(t(`order.moves.${kind}.done`, values))
      onDone()
    } catch {
      // shown below
    }
  }

  return (
    <form
      className="flex flex-col gap-y-4 px-6 py-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (amount !== undefined && problem === undefined && !isNoteMissing) {
          void run(amount)
        }
      }}
    >
      <Text size="small" className="text-ui-fg-subtle">
        {kind !== "elsewhere" && possible
          ? sentence(kind, possible, payment)
          : t("order.moves.elsewhere.hint", { gateway })}
      </Text>
      <div className="flex flex-col gap-y-2">
        <Label htmlFor={field} size="small" weight="plus">
          {t("order.moves.amount", { currency: currency.toUpperCase() })}
        </Label>
        <Input
          id={field}
          inputMode="decimal"
          autoComplete="off"
          value={text}
          readOnly={limits.isFixed}
          aria-invalid={problem !== undefined}
          aria-describedby={`${field}-hint`}
          onChange={({ target }) => setTyped(target.value)}
        />
        <Hint id={`${field}-hint`} variant={problem === undefined ? "info" : "error"}>
          {problem === undefined
            ? isBooking && kind !== "elsewhere"
              ? t("order.moves.nothingIsSent")
              : t("order.moves.most", { amount: money(limits.most, currency) })
            : t(`order.moves.problems.${problem}`, { amount: money(limits.most, currency) })}
        </Hint>
        {limits.booked.length > 0 && (
          <div className="flex flex-wrap gap-2">
            {limits.booked.map((one) => (
              <Button
                key={one}
                type="button"
                size="small"
                variant="secondary"
                onClick={() => setTyped(one)}
              >
                {t("order.moves.book", { amount: money(one, currency) })}
              </Button>
            ))}
          </div>
        )}
      </div>
      {kind !== "capture" && (
        <div className="flex flex-col gap-y-2">
          <Label htmlFor={`${field}-note`} size="small" weight="plus">
            {t(kind === "elsewhere" ? "order.moves.howGivenBack" : "order.moves.note")}
          </Label>
          <Textarea
            id={`${field}-note`}
            value={note}
            maxLength={1_000}
            onChange={({ target }) => setNote(target.value)}
          />
        </div>
      )}
      {command.error && (
        <Hint variant="error" role="alert">
          {failure(command.error)}
        </Hint>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button type="button" size="small" variant="secondary" onClick={onDone}>
          {t("common.cancel")}
        </Button>
        <Button
          type="submit"
          size="small"
          variant={kind === "refund" ? "danger" : "primary"}
          disabled={amount === undefined || problem !== undefined || isNoteMissing}
          isLoading={command.isPending}
        >
          {t(`order.moves.${kind}.confirm`, {
            amount: amount === undefined ? "" : money(amount, currency),
          })}
        </Button>
      </div>
    </form>
  )
}

type Limits = {
  /** What stands in the field at first. */
  usual: string
  most: string
  /** No other amount is possible. */
  isFixed: boolean
  /** No less, either. */
  isWhole: boolean
  /** Amounts that were moved before: nothing is sent for them. */
  booked: string[]
}

function limitsOf({ possible }: Move, { captured, refunded, ordered }: OrderPayment): Limits {
  if (!possible) {
    const most = left(captured, refunded, decimalsOf(ordered))
    return { usual: most, most, isFixed: false, isWhole: false, booked: [] }
  }
  const booked = possible.without_sending
  const most = possible.amount ?? "0"
  const isWhole = possible.extent !== "part"
  return {
    usual: possible.amount ?? booked[0] ?? "",
    most,
    isFixed: isWhole && booked.length === 0,
    isWhole,
    booked,
  }
}

function left(captured: string, refunded: string, decimals: number): string {
  const units = (amount: string) => {
    const [whole = "", fraction = ""] = amount.split(".")
    return BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, "0"))
  }
  const rest = (units(captured) - units(refunded)).toString().padStart(decimals + 1, "0")
  return decimals === 0 ? rest : `${rest.slice(0, -decimals)}.${rest.slice(-decimals)}`
}

function problemOf(
  amount: string | undefined,
  { most, isWhole, booked }: Limits
): "none" | "tooMuch" | "notWhole" | undefined {
  if (amount === undefined) {
    return "none"
  }
  if (booked.some((one) => isSame(one, amount))) {
    return undefined
  }
  if (compareAmounts(amount, most) > 0) {
    return "tooMuch"
  }
  return isWhole && !isSame(amount, most) ? "notWhole" : undefined
}

function isSame(one: string, other: string): boolean {
  return compareAmounts(one, other) === 0
}

/** All of it is what Medusa itself calls all: its totals can have more decimals than the gateway's. */
function inMedusa(amount: string, possible: Possible | undefined): string {
  if (!possible || possible.amount === null || !isSame(amount, possible.amount)) {
    return amount
  }
  return possible.amount_in_medusa ?? amount
}
