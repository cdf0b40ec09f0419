"""What a fix has begun as a job, in words."""

from PySide6.QtCore import QCoreApplication

from engineroom.contract.control import FollowUpState, JobState, JobView
from engineroom.contract.doctor import FixAction
from engineroom_ui.text.fixes import fix
from engineroom_ui.text.problems import sentence


def begun(job: JobView) -> str:
    """What a fix has begun as a job, and what came of it; nothing where an engine was started as it promised."""
    then, translate = job.follow_up, QCoreApplication.translate
    if then is None or then.state is FollowUpState.DONE or job.state is JobState.CANCELLED:
        return ""
    name = fix(FixAction(then.fix)) if then.fix in set(FixAction) else then.fix
    if then.state is FollowUpState.STOPPED:
        why = "" if then.problem is None else sentence(then.problem).whole
        stopped = translate("fixes", "{fix}: it stopped half way, and no engine was started. {why}")
        return stopped.format(fix=name, why=why).strip()
    if job.state is JobState.FAILED:
        why = "" if job.problem is None else sentence(job.problem).whole
        return translate("fixes", "{fix}: its job has failed. {why}").format(fix=name, why=why).strip()
    return translate("fixes", "{fix}: its job is under way; an engine is started when it is done.").format(fix=name)
