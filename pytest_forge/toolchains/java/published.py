"""Which modules of a reactor are published, as far as the poms of the tree say."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from pytest_forge.toolchains.java.pom import Plugin
from pytest_forge.toolchains.java.reactor import Module

# Plugins that publish in place of maven-deploy-plugin, and how each is told not to (their own
# plugin.xml); the word is a setting and a property.
_PUBLISHERS: Mapping[str, str] = MappingProxyType(
    {
        "central-publishing-maven-plugin": "skipPublishing",
        "nexus-staging-maven-plugin": "skipNexusStagingDeployMojo",
    }
)
_DEPLOY = "maven-deploy-plugin"
_DEPLOY_SKIP = "maven.deploy.skip"
_YES = "true"


def published(modules: Iterable[Module]) -> tuple[Module, ...]:
    """Return the modules that are published.

    With a plugin for it these are the modules that have the plugin: one that its parent keeps to
    itself (`inherited`), as gson's does, has to be named by each.
    """
    modules = tuple(modules)
    is_published = _by_publisher if any(map(_publishers, modules)) else _deployed
    return tuple(module for module in modules if is_published(module))


def _publishers(module: Module) -> list[Plugin]:
    """Return the plugins that publish the module."""
    return [
        one for one in module.inherited_plugins if one.artifact in _PUBLISHERS and not one.managed
    ]


def _by_publisher(module: Module) -> bool:
    # What publishes in another way often turns this one off for all; a module by itself means it.
    if module.filled(module.pom.properties.get(_DEPLOY_SKIP, "")) == _YES:
        return False
    settings = [one for one in module.inherited_plugins if one.artifact in _PUBLISHERS]
    excluded = {word for one in settings for word in one.settings.get("excludeArtifacts", ())}
    if not _publishers(module) or module.own.artifact in excluded:
        return False
    return not any(_is_set(module, settings, word) for word in _PUBLISHERS.values())


def _deployed(module: Module) -> bool:
    deploying = [one for one in module.inherited_plugins if one.artifact == _DEPLOY]
    by_property = module.filled(module.properties.get(_DEPLOY_SKIP, "")) == _YES
    return not (by_property or _is_set(module, deploying, "skip"))


def _is_set(module: Module, plugins: Iterable[Plugin], word: str) -> bool:
    """Tell whether a setting is `true` in the pom that is the nearest to state it.

    Where none states it the property of that name holds.
    """
    stated = (one.settings[word] for one in plugins if word in one.settings)
    said = next(stated, (module.properties.get(word, ""),))
    return [module.filled(one) for one in said] == [_YES]
