import { Button } from "@medusajs/ui"
import { useState } from "react"
import { Link } from "react-router-dom"
import { useAbilities } from "../../lib/abilities"
import { useDoOnce } from "../ask-once"
import { FormEnd } from "../form-end"
import { usePayoutWords } from "../payouts/words"
import { useTransferCount } from "../transfers/api"
import { CreateTransfer } from "../transfers/create-transfer"
import { useBeneficiaryCommand, type BeneficiaryDetail } from "./api"
import { DecideBeneficiary } from "./decide-beneficiary"
import { EditBeneficiary } from "./edit-beneficiary"

/** What this person can do about a beneficiary in its state; a disabled one stays so. */
export function BeneficiaryActions({ beneficiary }: { beneficiary: BeneficiaryDetail }) {
  const { t } = usePayoutWords()
  const { may } = useAbilities()
  const [opened, open] = useState<"pay" | "edit" | "decide">()
  const { disable, command } = useDisable(beneficiary)
  const { id, status } = beneficiary
  const mayUpdate = (may?.("payout_beneficiary:update") ?? false) && status !== "disabled"
  const close = () => open(undefined)
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <div className="flex flex-wrap gap-2">
        {status === "active" && may?.("payout_transfer:create") && (
          <Button size="small" onClick={() => open("pay")}>
            {t("beneficiaries.pay")}
          </Button>
        )}
        {status === "pending" && mayUpdate && (
          <Button size="small" onClick={() => open("decide")}>
            {t("beneficiaries.decide.title")}
          </Button>
        )}
        {mayUpdate && (
          <>
            <Button size="small" variant="secondary" onClick={() => open("edit")}>
              {t("beneficiaries.edit.open")}
            </Button>
            <Button
              size="small"
              variant="secondary"
              isLoading={command.isPending}
              onClick={() => void disable()}
            >
              {t("beneficiaries.disable.open")}
            </Button>
          </>
        )}
        {may?.("payout_transfer:read") && (
          <Button size="small" variant="transparent" asChild>
            <Link
              to={`/payouts?${new URLSearchParams({ beneficiary_id: JSON.stringify(id) }).toString()}`}
            >
              {t("beneficiaries.transfers")}
            </Link>
          </Button>
        )}
      </div>
      <FormEnd error={command.error} />
      {opened === "pay" && (
        <CreateTransfer beginning={{ draft: `to:${id}`, beneficiary_id: id }} onClose={close} />
      )}
      {opened === "edit" && <EditBeneficiary beneficiary={beneficiary} onClose={close} />}
      {opened === "decide" && <DecideBeneficiary beneficiary={beneficiary} onClose={close} />}
    </div>
  )
}

function useDisable({ id, name }: BeneficiaryDetail) {
  const { t } = usePayoutWords()
  const command = useBeneficiaryCommand(id)
  const doOnce = useDoOnce()
  const approved = useTransferCount({ beneficiary_id: id, status: "approved" }) ?? 0
  const waiting = useTransferCount({ beneficiary_id: id, status: "awaiting_approval" }) ?? 0
  const values = { name }
  const disable = async () =>
    await doOnce(
      {
        title: t("beneficiaries.disable.ask", values),
        description: [
          t("beneficiaries.disable.happens"),
          ...(approved > 0 ? [t("beneficiaries.disable.canceled", { count: approved })] : []),
          ...(waiting > 0 ? [t("beneficiaries.disable.waiting", { count: waiting })] : []),
        ].join(" "),
        confirm: t("beneficiaries.disable.confirm", values),
        isDangerous: true,
      },
      async () => await command.mutateAsync({ verb: "disable" }),
      t("beneficiaries.disable.done", values)
    )
  return { disable, command }
}
