import { StatusBadge, Text } from "@medusajs/ui"
import { formatMoney } from "../../lib/format"
import { Loaded } from "../loaded"
import { SideDrawer } from "../side-drawer"
import { useException, type ExceptionDetail } from "./api"
import { Decision } from "./decision"
import { MoneyFacts, ReferenceFacts } from "./exception-facts"
import { History } from "./history"
import { useHold } from "./use-hold"
import { WhoHasIt } from "./who-has-it"
import { stateColors, useExceptionWords } from "./words"

/** All that is needed to decide about one entry, and the ways to do so. */
export function ExceptionDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, kind } = useExceptionWords()
  const answer = useException(id)
  const found = answer.data?.payment_exception
  return (
    <SideDrawer title={found ? kind(found.kind) : t("exceptions.title")} onClose={onClose}>
      <Loaded answer={answer} skeleton="h-64">
        {({ payment_exception }) => <Opened key={payment_exception.id} found={payment_exception} />}
      </Loaded>
    </SideDrawer>
  )
}

function Opened({ found }: { found: ExceptionDetail }) {
  const words = useExceptionWords()
  const hold = useHold(found)
  return (
    <div
      className="divide-y"
      // What somebody does here is the sign that they are still at it.
      onKeyDownCapture={hold.renew}
      onPointerDownCapture={hold.renew}
    >
      <div className="flex flex-col gap-y-2 px-6 py-4">
        <div className="flex flex-wrap items-center gap-2">
          <Text size="large" weight="plus">
            {formatMoney(found.raw_amount.value, found.currency_code, words.language)}
          </Text>
          <StatusBadge color={stateColors[found.state]}>{words.state(found.state)}</StatusBadge>
        </div>
        <Text size="small" className="text-ui-fg-subtle">
          {words.why(found.kind)}
        </Text>
      </div>
      <MoneyFacts found={found} />
      <WhoHasIt found={found} hold={hold} />
      {found.state === "open" && <Decision found={found} hold={hold} />}
      <ReferenceFacts found={found} />
      <History found={found} />
    </div>
  )
}
