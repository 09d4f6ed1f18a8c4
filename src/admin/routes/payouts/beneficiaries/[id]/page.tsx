import { useParams } from "react-router-dom"
import { BackLink, Moments, Section } from "../../../../components/section"
import { type BeneficiaryDetail, useBeneficiary } from "../../../../components/beneficiaries/api"
import { BeneficiaryActions } from "../../../../components/beneficiaries/beneficiary-actions"
import {
  BeneficiaryFacts,
  BeneficiaryWarnings,
  VersionsTable,
} from "../../../../components/beneficiaries/beneficiary-facts"
import { Loaded } from "../../../../components/problem"
import { usePayoutWords } from "../../../../components/payouts/words"
import { SubtleText } from "../../../../components/text"

/** Somebody who is paid: where, who changed that and when, and what can be done about it. */
export default function Beneficiary() {
  const { t } = usePayoutWords()
  const { id = "" } = useParams()
  const answer = useBeneficiary(id)
  const beneficiary = answer.data?.beneficiary
  return (
    <div className="flex flex-col gap-y-3">
      {beneficiary && <BeneficiaryWarnings beneficiary={beneficiary} />}
      <Section
        isPage
        title={beneficiary?.name ?? t("beneficiaries.one")}
        {...(beneficiary ? { subtitle: t("beneficiaries.one") } : {})}
        actions={<BackLink to="/payouts/beneficiaries">{t("beneficiaries.backToAll")}</BackLink>}
      >
        <Loaded answer={answer} skeleton="h-60">
          {(found) => (
            <>
              <BeneficiaryActions key={id} beneficiary={found.beneficiary} />
              <BeneficiaryFacts beneficiary={found.beneficiary} />
            </>
          )}
        </Loaded>
      </Section>
      {beneficiary && (
        <>
          <Section
            title={t("beneficiaries.versions.title")}
            subtitle={t("beneficiaries.versions.subtitle")}
          >
            <VersionsTable beneficiary={beneficiary} />
          </Section>
          <Section title={t("beneficiaries.history.title")}>
            <History beneficiary={beneficiary} />
          </Section>
        </>
      )}
    </div>
  )
}

/** Who looked at the account, who decided what, and who changed it. */
function History({ beneficiary: { audit_lines } }: { beneficiary: BeneficiaryDetail }) {
  const { t, person, told } = usePayoutWords()
  if (audit_lines.length === 0) {
    return <SubtleText className="px-6 py-4">{t("beneficiaries.history.none")}</SubtleText>
  }
  return (
    <Moments
      title={t("beneficiaries.history.lines", { count: audit_lines.length })}
      moments={audit_lines.map(({ id, action, actor, actor_name, created_at, ...line }) => ({
        key: id,
        at: created_at,
        what: t(`beneficiaries.history.actions.${action.replaceAll(/\W+/g, "_")}`, {
          defaultValue: action,
        }),
        who: person(actor_name, actor),
        note: told(line.note, line.note_code, line.note_details),
      }))}
    />
  )
}
