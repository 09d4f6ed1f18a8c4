import { Fact } from "../fact"
import type { Signed } from "./api"
import { signedValues } from "./signed"
import { useApprovalWords } from "./words"

/** Exactly what an approval signs: who is paid where, how much, and for what. */
export function SignedFacts({ signed }: { signed: Signed }) {
  const words = useApprovalWords()
  const { t } = words
  const { transfer } = signed
  return (
    <>
      <Fact label={t("approvals.signed.amount")}>
        <span className="font-medium">{words.amount(transfer)}</span>
      </Fact>
      {[...signedValues(signed)].map(([name, value]) => (
        <Fact key={name} label={words.signedField(transfer.provider_id, name)}>
          {value}
        </Fact>
      ))}
      {signed.account === null && (
        <Fact label={t("approvals.signed.account")}>{t("approvals.signed.unreadable")}</Fact>
      )}
      <Fact label={t("approvals.signed.gateway")}>{words.provider(transfer.provider_id)}</Fact>
      <Fact label={t("approvals.signed.madeBy")}>{words.madeBy(signed)}</Fact>
      <Fact label={t("approvals.signed.reference")} copies={transfer.reference}>
        {transfer.reference}
      </Fact>
    </>
  )
}
