import type { Home, Scene } from './scene.ts';

/** Releases on the disk, in the order in which they are used. */
export type Homes = readonly [Home, ...Home[]];

/** One way of starting that must never be refused. */
export interface Scenario {
  readonly name: string;
  /** How many members it has at most. */
  readonly size: number;
  /** From which release to which; one release for most. */
  play(scene: Scene, homes: Homes): Promise<void>;
}

const THREE = [0, 1, 2];
const FIVE = [0, 1, 2, 3, 4];

const fresh: Scenario = {
  name: 'fresh, restarted, power loss of all three in any order, one replaced',
  size: 3,
  async play(scene, [home]) {
    const setting = { home, size: 3 };
    const three = scene.members(...THREE);
    const [first, second, third] = [scene.member(0), scene.member(1), scene.member(2)];
    scene.start(three, setting);
    await scene.serving(three);
    await scene.write(first);
    await scene.roll(three, setting);
    await scene.serving(three);
    await scene.stop(...three);
    scene.start(three, setting);
    await scene.serving(three);
    for (const order of [
      [third, first, second],
      [second, third, first],
    ]) {
      await scene.cutPower(...three);
      for (const member of order) scene.start([member], setting);
      await scene.serving(three);
    }
    await scene.expectKept(three);
    await scene.stop(second);
    scene.empty(second);
    scene.start([second], setting);
    await scene.serving(three);
    await scene.expectKept(three);
  },
};

const scaled: Scenario = {
  name: 'scaled 1 to 3 to 5 to 3, all stopped',
  size: 5,
  async play(scene, [home]) {
    scene.start(scene.members(0), { home, size: 1 });
    await scene.serving(scene.members(0));
    await scene.write(scene.member(0));
    for (const size of [3, 5, 3]) {
      await scene.stop(...scene.members(...FIVE));
      const members = scene.members(...FIVE.slice(0, size));
      scene.start(members, { home, size });
      await scene.serving(members);
      await scene.expectKept(members);
    }
  },
};

/** One member more or less at a time, each time with a rolling restart of the others. */
const rolled = (...sizes: readonly number[]): Scenario => ({
  name: `rolled 1 to ${sizes.join(' to ')}`,
  size: Math.max(...sizes),
  async play(scene, [home]) {
    scene.start(scene.members(0), { home, size: 1 });
    await scene.serving(scene.members(0));
    await scene.write(scene.member(0));
    for (const size of sizes) await scaleByOne(scene, { size, home });
  },
});

const grown: Scenario = {
  name: 'grown 3 to 4 while one is down, which comes back',
  size: 4,
  async play(scene, [home]) {
    const three = scene.members(...THREE);
    scene.start(three, { home, size: 3 });
    await scene.serving(three);
    await scene.write(scene.member(0));
    await scene.stop(scene.member(0));
    scene.start(scene.members(3), { home, size: 4 });
    await scene.ready(scene.member(3));
    await scene.roll(scene.members(1, 2), { home, size: 4 });
    scene.start(scene.members(0), { home, size: 4 });
    const all = scene.members(0, 1, 2, 3);
    await scene.serving(all);
    await scene.expectKept(all);
  },
};

/** The scenarios that stay on one release. */
export const onOneRelease: readonly Scenario[] = [fresh, scaled, rolled(2, 3, 4, 5, 4, 3), grown];

/** The same for CI, rolled no further than through an even number of members, up and down. */
export const inShort: readonly Scenario[] = [fresh, scaled, rolled(2, 3, 4, 3), grown];

/** A new pod first, or one less; then the others get the new list one after the other, each serving before the next. */
async function scaleByOne(scene: Scene, { size, home }: { size: number; home: Home }): Promise<void> {
  const added = scene.members(size - 1).filter((member) => !scene.hasStarted(member));
  await scene.stop(...scene.members(...FIVE.slice(size)));
  scene.start(added, { home, size });
  for (const member of added) await scene.ready(member);
  const all = scene.members(...FIVE.slice(0, size));
  await scene.roll(
    all.filter((member) => !added.includes(member)),
    { home, size },
  );
  await scene.serving(all);
  await scene.expectKept(all);
}

/** From each release to the next, one member after the other; each has written snapshots, as in months of service. */
export const upgrade: Scenario = {
  name: 'upgraded',
  size: 3,
  async play(scene, [oldest, ...newer]) {
    const three = scene.members(...THREE);
    const variables = { ZK_EXTRA_CONFIG: 'snapCount=4', ZK_PURGE_INTERVAL: '0' };
    scene.start(three, { home: oldest, size: 3, variables });
    await scene.serving(three);
    await scene.write(scene.member(0), { more: 30 });
    if (three.some((member) => scene.snapshots(member) === 0)) throw new Error('a member has no snapshot');
    for (const home of newer) {
      await scene.roll(three, { home, size: 3, variables });
      await scene.serving(three);
      await scene.expectKept(three);
    }
  },
};

/** What must be refused, and how often. It shows that a refusal is seen. */
export interface Control extends Scenario {
  readonly refusals: number;
}

export const swapped: Control = {
  name: 'control: two volumes swapped',
  size: 3,
  refusals: 2,
  async play(scene, [home]) {
    const setting = { home, size: 3 };
    const three = scene.members(...THREE);
    scene.start(three, setting);
    await scene.serving(three);
    await scene.stop(...three);
    scene.swap(scene.member(0), scene.member(1));
    scene.start(three.slice(0, 2), setting);
    await Promise.all(three.slice(0, 2).map(({ exited }) => exited));
  },
};

/** ZooKeeper 3.4 may leave a member without any snapshot, which later ones take for lost (ZOOKEEPER-3056). */
export const withoutSnapshots = rolledWithConsents({
  name: 'control: upgraded without snapshots, then consented to',
  before: (scene, member) => scene.removeSnapshots(member),
});

/** Data that 3.6 or a later release has written, under an older one. */
export const downgraded = rolledWithConsents({ name: 'control: downgraded to 3.4, then consented to' });

/** From one release to another, where each member is refused once and goes on with the consent that it asks for. */
function rolledWithConsents({
  name,
  before,
}: {
  name: string;
  before?: (scene: Scene, member: ReturnType<Scene['member']>) => void;
}): Control {
  return {
    name,
    size: 3,
    refusals: 3,
    async play(scene, [from, to]) {
      if (to === undefined) throw new RangeError('it takes two releases');
      const three = scene.members(...THREE);
      scene.start(three, { home: from, size: 3 });
      await scene.serving(three);
      await scene.write(scene.member(0));
      for (const member of three.toReversed()) {
        await scene.stop(member);
        before?.(scene, member);
        await scene.consent(member, { home: to, size: 3 });
        await scene.ready(member);
      }
      await scene.serving(three);
      await scene.expectKept(three);
    },
  };
}
