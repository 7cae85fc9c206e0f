package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellCommand;

/** Calls of well-known programs that a person should know of, by what they do. */
enum RiskyCalls {
    /** Print what somebody logs in with, all that was put away, or what opens it. */
    SECRETS("""
            bw : export
            pass gopass : show
            lpass keepassxc-cli : show
            infisical chamber : export
            sops : -d !--output ; --decrypt !--output ; decrypt !--output
            age rage : -d !-o ; --decrypt !-o
            ansible-vault : view ; decrypt
            gpg gpg2 : --export-secret-keys ; --export-secret-subkeys
            security : find-generic-password,find-internet-password -w ; find-generic-password,find-internet-password -g ; dump-keychain
            secret-tool : lookup ; search --unlock
            vault bao : print token ; token create ; unwrap
            aws awslocal : kms decrypt ; ec2 get-password-data ; rds generate-db-auth-token ; sts assume-role*
            gcloud : iam service-accounts keys create ; sql generate-login-token ; kms decrypt
            az : keys list ; list-keys ; show-connection-string ; credential show,reset ; ad sp create-for-rbac
            heroku : pg:credentials:url ; auth:token ; authorizations:create
            fly flyctl : auth token ; tokens create
            vercel : env pull --environment=production
            firebase : auth:export ; login:ci
            supabase : projects api-keys
            doctl : kubernetes cluster kubeconfig show ; auth token
            kubectl oc k : create token ; config view --raw ; sa get-token
            terraform tofu terragrunt : output -raw $secret ; state pull
            pulumi : --show-secrets ; config get $secret
            databricks : tokens create
            rclone : config dump,show
            rails : credentials:show ; encrypted:show
            kamal : secrets print
            """),

    /** Print single secrets of a store that was made to hand them out. */
    STORED_SECRETS("""
            op : read ; item,document get
            bw : get password,item,totp,notes
            bws : secret get,list
            doppler : secrets !set !delete !upload
            infisical : secrets !set !delete
            chamber : read
            teller : show ; env
            vault bao : kv get ; read !sys/*
            aws awslocal : secretsmanager get-secret-value,batch-get-secret-value ; ssm get-parameter* --with-decryption ; \
            ssm get-parameters* --with-decryption
            gcloud : secrets versions access
            az : keyvault secret show,download
            heroku : config ; config:get
            railway : variables,variable,vars !--set !set !delete
            netlify : env:get
            firebase : functions:secrets:access ; functions:config:get
            databricks : secrets get-secret
            cf : env
            eb : printenv
            dotenvx : get ; decrypt
            """),

    /** Change how a machine works, who may use it, what it is made of or what it starts by itself. */
    MACHINE("""
            useradd adduser groupadd newusers xkill diskpart mshta iptables-restore ip6tables-restore
            fuser : -k 5432*,3306*,6379*,27017*,22/tcp
            export : node_tls_reject_unauthorized=0,pythonhttpsverify=0,git_ssl_no_verify=*
            pkill killall : -9,-KILL,-SIGKILL,-f node,nodejs,java,python,python3,ruby,php,docker,containerd,postgres
            loginctl : enable-linger ; terminate-* ; kill-*
            setcap update-rc.d chkconfig disable-netadapter
            launchctl : remove
            initctl sv rcctl : stop,down
            gpg gpg2 : --delete-secret-keys ; --delete-secret-and-public-keys ; --delete-keys ; --delete-key
            systemctl : kill ; enable /* ; set-default ; daemon-reexec ; rescue,emergency,suspend,hibernate,kexec
            systemd-run : --on-*
            at : *
            crontab : * !-l
            supervisorctl : stop,shutdown,remove all,*
            pm2 : kill ; stop,delete all
            nmcli : c*,d* delete,down,del,modify,disconnect ; networking off
            resolvectl : dns,domain *
            hostnamectl timedatectl : set-*
            sysctl : -w kernel.* ; -w net.*
            claude codex gemini qwen : --dangerously-skip-permissions ; --dangerously-bypass-approvals-and-sandbox ; --yolo
            mount : remount*
            losetup : -D
            tmutil : delete* ; disable*
            csrutil : disable
            spctl : --master-disable ; --global-disable
            nvram : -c ; -d
            tccutil : reset
            defaults : delete
            scutil : --set
            auditctl : -D ; -e=0
            journalctl : --vacuum-size ; --vacuum-time ; --vacuum-files
            iptables ip6tables ebtables arptables : -A,-I,-D,-R,-P,-N,-Z ; \
            --append,--insert,--delete,--replace,--policy
            ufw : allow,deny,reject,limit,delete,insert,route
            firewall-cmd : --add-* ; --set-* ; --change-*
            nft : add,insert,replace ; -f
            apt apt-get aptitude : purge ; --purge !autoremove
            rpm : -e* ; --erase ; --nodeps
            dpkg : -r ; -P ; --remove ; --purge
            pacman : -Rc* ; -Rdd
            choco winget scoop : uninstall all
            snap : remove --purge
            flatpak : uninstall --all
            brew : uninstall,remove,rm --force ; uninstall,remove,rm --ignore-dependencies ; uninstall --zap
            nix-collect-garbage : -d ; --delete-old
            rustup : self uninstall
            vssadmin : delete ; resize
            wbadmin : delete
            bcdedit : /set ; /delete*
            wevtutil : cl ; clear-log
            cipher : /w*
            reg : delete ; import ; add hklm*,hkey_local* ; add *currentversion*
            schtasks : /create ; /delete ; /change
            net net1 : user,localgroup,group,accounts /add ; user,localgroup,group /delete ; user /active*
            sc : delete ; create ; config
            taskkill : /im sqlservr*,mysqld*,postgres*,mongod*,lsass*,winlogon*,svchost*,explorer*
            wmic : shadowcopy delete ; process delete,terminate,call
            takeown : /r
            fsutil : deletejournal ; setzerodata
            rundll32 : javascript:*
            regsvr32 : /i:*
            bitsadmin : /transfer
            remove-aduser remove-adgroup remove-adcomputer remove-localuser new-localuser add-localgroupmember
            set-mppreference add-mppreference format-volume clear-disk initialize-disk remove-partition
            disable-netfirewallrule set-netfirewallprofile remove-netfirewallrule new-service remove-service
            register-scheduledtask unregister-scheduledtask clear-eventlog remove-eventlog disable-computerrestore remove-vm
            set-executionpolicy : unrestricted,bypass !process !currentuser
            """),

    /** Stop what others use, take its protection away, or let more people or programs in. */
    INTERRUPTIONS("""
            helm helm3 : rollback --force ; upgrade,install,rollback $production !--dry-run
            ansible-playbook : $production !--check !-C !--list-hosts !--list-tasks !--syntax-check
            pulumi : up,update,refresh $production !--preview-only
            serverless sls sam copilot argocd nomad skaffold eb convox dokku : deploy,sync,run $production
            cap mina kamal : deploy $production ; rollback $production
            kubectl oc k kubecolor : patch pv,persistentvolume ; apply,replace,patch,edit,set,scale $production !--dry-run !--dry-run=client !--dry-run=server ; \
            rollout restart,undo,pause $production ; config use-context $production ; config delete-*,unset ; cordon ; run --privileged ; edit clusterrole*,role* ; taint *
            aws awslocal : ecs update-service --desired-count=0 ; update-auto-scaling-group --max-size=0 ; update-auto-scaling-group --desired-capacity=0 ; \
            modify-snapshot-attribute,modify-image-attribute * ; --backup-retention-period=0 ; set-desired-capacity --desired-capacity=0 ; stop-logging,stop-db-*,stop-configuration-recorder ; modify-* --no-disable-api-termination ; \
            modify-* --no-deletion-protection ; s3api put-bucket-versioning *suspended* ; stop-instances *$(* ; s3api put-bucket-policy,put-public-access-block,put-bucket-lifecycle* ; \
            iam put-user-policy,put-role-policy,put-group-policy,create-login-profile,add-user-to-group ; \
            iam update-assume-role-policy,create-user,update-login-profile,create-policy-version ; \
            rds reboot-db-* ; --master-user-password ; ssm send-command
            gsutil : rsync -d
            cdk : deploy --require-approval=never
            gcloud : --no-backup ; --authorized-networks=0.0.0.0/0 ; set-iam-policy ; sql users set-password ; sql import ; sql backups restore ; instances stop ; versions stop ; resize --num-nodes=0 ; --no-deletion-protection
            az : stop ; deallocate ; role assignment create
            fly flyctl : scale count 0 ; machine,machines stop ; apps suspend
            heroku : addons:detach,pg:copy,pg:push,pg:backups:restore ; ps:scale *=0 ; ps:stop ; maintenance:on ; domains:clear ; access:add
            vercel wrangler : rollback
            terraform tofu terragrunt : workspace select $production ; apply -replace*
            docker podman : push $production ; imagetools create $production
            psql mysql mariadb mongosh sqlcmd : $production -f ; $production --file
            pg_dropcluster pg_resetwal pg_resetxlog
            git : commit,push,merge --no-verify ; add -f .env,*/.env,.env.production,.env.prod,.env.local,*/.env.production,*/.env.local,*.pem,*.key ; \
            add --force .env,*/.env,.env.production,.env.prod,.env.local,*/.env.production,*/.env.local,*.pem,*.key
            gh : secret,variable set ; workflow run $production ; pr review --approve ; pr review -a ; pr merge --admin ; ssh-key,gpg-key,deploy-key add ; repo rename ; gist create --public ; gist create -p ; repo transfer ; \
            api *collaborators* -X=PUT ; api *collaborators* --method=PUT ; api private=false ; api archived=true ; api force=true
            glab : ssh-key,deploy-key add ; repo transfer
            vercel vc : alias rm,remove
            firebase : database:set /
            kafka-delete-records
            kafka-consumer-groups : --reset-offsets --execute
            mysqladmin : shutdown
            redis-cli valkey-cli : config set requirepass,appendonly,dir,dbfilename,save ; debug segfault,sleep,jmap ; swapdb ; cluster reset,failover,flushslots ; replicaof ; slaveof ; script flush
            migrate : down -all
            hasura : --down=all
            liquibase : rollback*
            docker podman : swarm init --force-new-cluster ; node rm
            flux : suspend
            etcdctl : snapshot restore
            rabbitmqctl : eval
            php : artisan down
            consul : leave ; kv import
            vault bao : write auth/*,sys/*,identity/* ; policy write ; operator step-down,rekey,generate-root,migrate,raft
            nomad : system gc ; node drain
            kafka-configs : --alter retention* ; --alter cleanup*
            prisma : migrate resolve
            dotnet : ef database update 0
            rails rake : db:seed:replant
            """),

    /** Give a package to everybody, or somebody a say in it. */
    PUBLICATIONS("""
            npm pnpm yarn : owner,author add ; dist-tag,dist-tags add ; access grant,set,public,edit ; team add ; hook add
            semantic-release : !--dry-run !-d
            cargo gem : owner --add ; owner -a
            mvn mvnw : deploy ; release:perform ; release:prepare
            gradle gradlew : publish !--dry-run ; publishplugins ; publishallpublications* ; publishtosonatype ; uploadarchives
            sbt lein : publish ; publishsigned ; deploy
            dotnet nuget : nuget delete ; delete
            helm : push
            gh glab : release create !--draft !-d
            goreleaser : release !--snapshot !--skip=publish
            conan : remove ; upload
            python python3 : setup.py upload
            """),

    /** Open a way into this machine, or to what only it sees. */
    WAYS_IN("""
            ssh-copy-id
            cloudflared : tunnel --url ; tunnel run
            localtunnel lt zrok pagekite frpc
            tailscale : funnel
            bore : local
            kubectl oc k : debug node/* ; proxy --address=0.0.0.0 ; port-forward --address=0.0.0.0
            """);

    private final CallRows rows;

    RiskyCalls(String table) {
        this.rows = new CallRows(table);
    }

    /** Whether the command is such a call. */
    boolean hold(ShellCommand command) {
        return this.rows.hold(command);
    }
}
