"""Commands about the desk itself: members, policy and the scale of its verdicts."""

from dataclasses import asdict
from pathlib import Path

import click

from factcheck.cli.frame import Frame, command, group
from factcheck.cli.output import emit, narrate, say
from factcheck.errors import Usage
from factcheck.labels import label


@command("policy")
@click.argument("name", required=False)
@click.argument("value", required=False)
def policy_command(frame: Frame, name: str | None, value: str | None) -> None:
    """Show the policy, or switch NAME to VALUE (on, off, a number)."""
    case = frame.open()
    if name and value is not None:
        done = case.set_policy(name, value, at=frame.at)
        if name == "blind" and case.blind:
            narrate(label("cli.blind_means", frame.language))
        frame.recorded(done)
        return
    policy = asdict(case.info.policy)
    if name:
        policy = {key: each for key, each in policy.items() if key == name}
    if not policy:
        raise click.UsageError(f"there is no policy {name!r}.")
    if frame.json:
        emit(policy)
        return
    for key, each in policy.items():
        shown = each if not isinstance(each, bool) else "on" if each else "off"
        say(f"{key} = {shown}  ({label(f'export_policy.{key}', frame.language)})")


@group("members")
def members_command(context: click.Context) -> None:
    """Show, add or revoke the people of this desk."""
    if context.invoked_subcommand is not None:
        return
    frame: Frame = context.obj
    members = [
        {"name": each.name, "role": str(each.role), "revoked": each.revoked}
        for each in frame.open().info.members
    ]
    if frame.json:
        emit({"members": members})
        return
    for member in members:
        say(f"{member['name']}  {member['role']}{'  (revoked)' if member['revoked'] else ''}")


@command("add")
@click.argument("name")
@click.option("--role", required=True, help="reviewer, lead or auditor")
def members_add(frame: Frame, name: str, role: str) -> None:
    """Make somebody a member."""
    frame.recorded(frame.open().add_member(name, role, at=frame.at))


@command("revoke")
@click.argument("name")
def members_revoke(frame: Frame, name: str) -> None:
    """End somebody's membership; what they did stays."""
    frame.recorded(frame.open().revoke_member(name, at=frame.at))


members_command.add_command(members_add)
members_command.add_command(members_revoke)


@group("scale")
def scale_command(context: click.Context) -> None:
    """Show the scale that verdicts are recorded in, or adopt another one."""
    if context.invoked_subcommand is not None:
        return
    frame: Frame = context.obj
    scale = frame.open().scale
    if frame.json:
        ratings = [asdict(each) for each in scale.ratings]
        emit({"id": scale.id, "version": scale.version, "ratings": ratings})
        return
    say(scale.name)
    for each in scale.ratings:
        say(f"  {each.key} {each.symbol} {each.rating} ({each.value or '-'})  {each.label[frame.language]}")


@command("adopt")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--shipped", is_flag=True, help="Go back to the scale that ships with the program.")
def scale_adopt(frame: Frame, file: Path | None, shipped: bool) -> None:
    """Record verdicts on the scale of FILE (TOML) from here on; what was judged on another one is reopened."""
    if (file is None) is not shipped:
        raise Usage("name one scale.", remedy="factcheck scale adopt FILE.toml, or --shipped")
    frame.recorded(frame.open().adopt_scale(file, at=frame.at))


scale_command.add_command(scale_adopt)
