import type { Acting } from "../../storage/database.ts";
import { findServicesBriefly } from "../session-store.ts";
import type { Moved as MovedService } from "../standing-around.ts";

/** Other services whose standing changed when this one was recorded, with what they are. */
export async function findMoved(db: Acting, consumerId: string, stored: unknown) {
  const moved = stored as MovedService[];
  const services = await findServicesBriefly(
    db,
    consumerId,
    moved.map(({ serviceId }) => serviceId),
  );
  return moved.flatMap((one) => {
    const service = services.find(({ id }) => id === one.serviceId);
    return service ? [{ ...one, service }] : [];
  });
}
