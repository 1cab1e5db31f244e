import { Anchor, Table, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { fullName } from "../../people/consumer.ts";
import { noSuchPage, page } from "../../web/guard.ts";
import { Pager, readPage } from "../../web/pager.tsx";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { findLiveScopes, findScopedServices, reasonOf } from "../audit-scope-store.ts";
import { serviceName } from "../service-name.ts";
import { StateBadge } from "./words.tsx";

export const meta = () => [{ title: "An audit scope · Throughcare" }];

const AT_ONCE = 50;

export const loader = page("audit.run", async ({ db, params, url, listed }) => {
  const scope = (await findLiveScopes(db)).find(({ id }) => id === params.auditScopeId);
  if (!scope) throw noSuchPage();
  const at = readPage(url.searchParams);
  const range = { offset: (at - 1) * AT_ONCE, most: AT_ONCE + 1 };
  const found = await findScopedServices(db, scope.id, range);
  const services = found.slice(0, AT_ONCE);
  await listed([...new Set(services.map(({ consumerId }) => consumerId))], reasonOf(scope));
  return { scope, services, at, more: found.length > AT_ONCE };
});

export default function AuditedServices() {
  const { scope, services, at, more } = useLoaderData<typeof loader>();
  const dates = useDates();
  const words = useWords();
  return (
    <>
      <Anchor component={Link} to={paths.audits()} size="sm">
        All audits
      </Anchor>
      <PageHead
        title={scope.title}
        about={`${scope.reason} Services from ${dates.day(scope.firstDay)} to ${dates.day(scope.lastDay)}, open to you until ${dates.day(scope.validTo)}.`}
        actions={<LinkButton to={paths.newAudit()}>Audit them</LinkButton>}
      />
      <Section title="Services it names">
        {services.length === 0 ? (
          <Empty>None is recorded.</Empty>
        ) : (
          <Table.ScrollContainer
            minWidth={640}
            type="native"
            tabIndex={0}
            role="region"
            aria-label="Services of the scope"
          >
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Service</Table.Th>
                  <Table.Th>{capital(words.consumer)}</Table.Th>
                  <Table.Th>{capital(words.program)}</Table.Th>
                  <Table.Th ta="right">Units</Table.Th>
                  <Table.Th>Judged</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {services.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td>
                      <Anchor component={Link} to={paths.auditedService(one.id)} size="sm" fw={600}>
                        {serviceName(one.service)}, {dates.day(one.day)}
                      </Anchor>
                    </Table.Td>
                    <Table.Td>
                      {fullName(one)}
                      <Text size="xs" c="dimmed">
                        {one.number}
                      </Text>
                    </Table.Td>
                    <Table.Td>{one.program ?? "not recorded"}</Table.Td>
                    <Table.Td ta="right">{one.units}</Table.Td>
                    <Table.Td>
                      <StateBadge state={one.outcome ?? "not-applicable"} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        <Pager
          page={at}
          more={more}
          to={(to) => `${paths.auditedServices(scope.id)}${to > 1 ? `?page=${to}` : ""}`}
        />
      </Section>
    </>
  );
}
