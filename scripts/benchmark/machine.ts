import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';

/** What a figure must be read with; neither paths nor names of this machine. */
export interface MachineFacts extends Record<string, unknown> {
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly java: string;
  readonly zookeeper: string;
}

/** What is measured besides this program. */
export interface Installation {
  readonly javaHome: string;
  readonly zkHome: string;
}

/** Asks the java and the ZooKeeper that are measured for their versions. */
export function machineFacts({ javaHome, zkHome }: Installation): MachineFacts {
  return {
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    java: javaVersion(javaHome),
    zookeeper: zookeeperRelease(zkHome),
  };
}

/** The facts in one line. */
export function machineLine({ cores, memoryGiB, node, java, zookeeper }: MachineFacts): string {
  return `${cores} cores, ${memoryGiB} GiB of memory; Node ${node}, Java ${java}, ZooKeeper ${zookeeper}`;
}

function javaVersion(javaHome: string): string {
  const { stderr } = spawnSync(join(javaHome, 'bin', 'java'), ['-version'], { encoding: 'utf8' });
  return /version "([^"]+)"/.exec(stderr)?.[1] ?? 'unknown';
}

function zookeeperRelease(zkHome: string): string {
  const jars = readdirSync(join(zkHome, 'lib')).map((name) => /^zookeeper-(\d[\d.]*)\.jar$/.exec(name)?.[1]);
  return jars.find((release) => release !== undefined) ?? 'unknown';
}
