import { StatusBadge } from "@medusajs/ui"
import type { ComponentProps } from "react"
import { useWords } from "../../lib/words"
import type { GatewayProvider } from "./api"

type Color = ComponentProps<typeof StatusBadge>["color"]

const stateColors: Readonly<Record<GatewayProvider["state"], Color>> = {
  ready: "green",
  attention: "orange",
  broken: "red",
}

export function StateBadge({ state }: Pick<GatewayProvider, "state">) {
  const { t } = useWords()
  return (
    <StatusBadge color={stateColors[state]} className="text-nowrap">
      {t(`settings.states.${state}`)}
    </StatusBadge>
  )
}

const accountColors: Readonly<Record<GatewayProvider["account"]["kind"], Color>> = {
  live: "green",
  test: "purple",
  unknown: "grey",
}

/** Whether money moves in the account. */
export function AccountBadge({ kind }: { kind: GatewayProvider["account"]["kind"] }) {
  const { t } = useWords()
  return (
    <StatusBadge color={accountColors[kind]} className="text-nowrap">
      {t(`settings.accounts.${kind}`)}
    </StatusBadge>
  )
}

type Outcome = NonNullable<GatewayProvider["check"]>["outcome"]

const outcomeColors: Readonly<Record<Outcome, Color>> = {
  accepted: "green",
  refused: "red",
  wrong_address: "red",
  unclear: "orange",
  no_answer: "orange",
}

/** What the last check came to; one of other options counts for nothing. */
export function CheckBadge({ check }: Pick<GatewayProvider, "check">) {
  const { t } = useWords()
  return check?.is_current ? (
    <StatusBadge color={outcomeColors[check.outcome]} className="text-nowrap">
      {t(`settings.outcomes.${check.outcome}`)}
    </StatusBadge>
  ) : (
    <StatusBadge color="grey" className="text-nowrap">
      {t("settings.notChecked")}
    </StatusBadge>
  )
}
