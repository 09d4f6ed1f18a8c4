import { Button } from "@medusajs/ui"
import { compareAmounts, decimalsOf, typedAmount } from "../../lib/amounts"
import { useDraft } from "../../lib/draft"
import { useDoOnce } from "../ask-once"
import { AmountField, Form, FormEnd, isNoteGiven, NoteField } from "../form-fields"
import { SideDrawer } from "../side-drawer"
import { type OrderPayment, type Possible, useMoneyMove } from "./api"
import { useOrderWords } from "./words"
import { SubtleText } from "../text"

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
  const { t, money, sentence } = useOrderWords()
  const command = useMoneyMove(orderId)
  const doOnce = useDoOnce()
  const draft = `order:${payment.reference}:${kind}`
  const [typed, setTyped, forgetAmount] = useDraft(`${draft}:amount`)
  const [note, setNote, forgetNote] = useDraft(`${draft}:note`)

  const gateway = payment.title ?? payment.provider_id
  const limits = limitsOf(move, payment)
  const text = typed === "" ? limits.usual : typed
  const amount = typedAmount(text, decimalsOf(payment.ordered))
  const problem = problemOf(amount, limits)
  const isBooking = amount !== undefined && limits.booked.some((one) => isSame(one, amount))
  const isNoteMissing = kind === "elsewhere" && !isNoteGiven(note)

  const run = async (wanted: string) => {
    const values = { amount: money(wanted, currency), gateway, reference: payment.reference }
    const isDone = await doOnce(
      {
        title: t(`order.moves.${kind}.ask`, values),
        description:
          isBooking && kind !== "elsewhere"
            ? t("order.moves.bookingHappens", values)
            : t(`order.moves.${kind}.happens`, values),
        confirm: t(`order.moves.${kind}.confirm`, values),
        isDangerous: kind === "refund",
      },
      async () =>
        await command.mutateAsync({
          kind,
          payment_id: move.payment_id,
          amount: inMedusa(wanted, possible),
          note: note.trim(),
        }),
      t(`order.moves.${kind}.done`, values)
    )
    if (isDone) {
      forgetAmount()
      forgetNote()
      onDone()
    }
  }

  return (
    <Form
      onSubmit={() => {
        if (amount !== undefined && problem === undefined && !isNoteMissing) {
          void run(amount)
        }
      }}
    >
      <SubtleText>
        {kind !== "elsewhere" && possible
          ? sentence(kind, possible, payment)
          : t("order.moves.elsewhere.hint", { gateway })}
      </SubtleText>
      <div className="flex flex-col gap-y-2">
        <AmountField
          label={t("order.moves.amount", { currency: currency.toUpperCase() })}
          value={text}
          readOnly={limits.isFixed}
          onChange={setTyped}
          hint={
            isBooking && kind !== "elsewhere"
              ? t("order.moves.nothingIsSent")
              : t("order.moves.most", { amount: money(limits.most, currency) })
          }
          problem={
            problem &&
            t(`order.moves.problems.${problem}`, { amount: money(limits.most, currency) })
          }
        />
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
        <NoteField
          label={t(kind === "elsewhere" ? "order.moves.howGivenBack" : "order.moves.note")}
          value={note}
          onChange={setNote}
        />
      )}
      <FormEnd
        error={command.error}
        onCancel={onDone}
        submit={t(`order.moves.${kind}.confirm`, {
          amount: amount === undefined ? "" : money(amount, currency),
        })}
        isBlocked={amount === undefined || problem !== undefined || isNoteMissing}
        isBusy={command.isPending}
        isDangerous={kind === "refund"}
      />
    </Form>
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
